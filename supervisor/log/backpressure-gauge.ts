/** Tells once that a level has risen over the high mark, and once that it has fallen to the low one. */
export class BackpressureGauge {
  readonly #high: number;
  readonly #low: number;
  readonly #notify: (isHigh: boolean) => void;
  #isHigh = false;

  constructor(high: number, low: number, notify: (isHigh: boolean) => void) {
    this.#high = high;
    this.#low = low;
    this.#notify = notify;
  }

  /** The level is this now. */
  update(level: number): void {
    if (this.#isHigh ? level > this.#low : level <= this.#high) return;
    this.#isHigh = !this.#isHigh;
    this.#notify(this.#isHigh);
  }
}
