/** When and where a line is due, as one exact number that sorts by time, then page, then slot. */
export type DueKey = number;

/**
 * Packs and unpacks due keys: from the low end slot, page and time, the last two counted from the start of a bucket (see
 * schedule.ts). Numbers sort in a fraction of the time of objects. Slot and page together have some 29 bits at the highest
 * rate, a million lines a second, so bit operations, which work modulo 2^32, can extract them.
 */
export class DueKeys {
  readonly #slotBits: number;
  readonly #slotMask: number;
  readonly #pageMask: number;
  /** The value of a millisecond in a key. */
  readonly #msFactor: number;

  /**
   * @param maxPage largest page number to be packed
   * @param maxSlot largest slot to be packed
   */
  constructor(maxPage: number, maxSlot: number) {
    this.#slotBits = bitLength(maxSlot);
    this.#slotMask = (1 << this.#slotBits) - 1;
    this.#pageMask = (1 << bitLength(maxPage)) - 1;
    this.#msFactor = (this.#slotMask + 1) * (this.#pageMask + 1);
  }

  /** @param afterMs whole number of ms since the start of the bucket */
  pack(afterMs: number, page: number, slot: number): DueKey {
    return afterMs * this.#msFactor + ((page << this.#slotBits) | slot);
  }

  afterMs(key: DueKey): number {
    return Math.floor(key / this.#msFactor);
  }

  page(key: DueKey): number {
    return (key >>> this.#slotBits) & this.#pageMask;
  }

  slot(key: DueKey): number {
    return key & this.#slotMask;
  }
}

/** How many bits a whole number below 2^32 has. */
function bitLength(value: number): number {
  return 32 - Math.clz32(value);
}
