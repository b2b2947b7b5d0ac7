/** Tells once that a level has risen over the high mark, and once that it has fallen to the low one. */
export class WaterMarks {
  readonly #high: number;
  readonly #low: number;
  readonly #tell: (isHigh: boolean) => void;
  #isHigh = false;

  constructor(high: number, low: number, tell: (isHigh: boolean) => void) {
    this.#high = high;
    this.#low = low;
    this.#tell = tell;
  }

  /** The level is this now. */
  at(level: number): void {
    if (this.#isHigh ? level > this.#low : level <= this.#high) return;
    this.#isHigh = !this.#isHigh;
    this.#tell(this.#isHigh);
  }
}
