/** When and where a line is due, as one exact number that sorts by time, then page, then slot. */
export type DueKey = number;

/**
 * Packs and unpacks due keys, whose parts count from the start of a bucket (see schedule.ts). Numbers sort and take up
 * less than objects: hundreds of thousands are sorted each second. The factors are powers of two, so division by them
 * is exact.
 */
export class DueKeys {
  readonly #pageFactor: number;
  readonly #slotFactor: number;

  /**
   * @param maxPage largest page number to be packed
   * @param maxSlot largest slot to be packed
   */
  constructor(maxPage: number, maxSlot: number) {
    this.#pageFactor = powerOfTwoAbove(maxPage);
    this.#slotFactor = powerOfTwoAbove(maxSlot);
  }

  /** @param afterMs whole number of ms since the start of the bucket */
  pack(afterMs: number, page: number, slot: number): DueKey {
    return (afterMs * this.#pageFactor + page) * this.#slotFactor + slot;
  }

  afterMs(key: DueKey): number {
    return Math.floor(key / (this.#slotFactor * this.#pageFactor));
  }

  page(key: DueKey): number {
    const timeAndPage = Math.floor(key / this.#slotFactor);
    return timeAndPage - Math.floor(timeAndPage / this.#pageFactor) * this.#pageFactor;
  }

  slot(key: DueKey): number {
    return key - Math.floor(key / this.#slotFactor) * this.#slotFactor;
  }
}

function powerOfTwoAbove(value: number): number {
  let power = 1;
  while (power <= value) power *= 2;
  return power;
}
