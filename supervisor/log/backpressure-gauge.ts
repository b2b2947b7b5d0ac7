/** Reports once that a level has risen above the high mark, and once that it has fallen to the low mark. */
export class BackpressureGauge {
  readonly #highMark: number;
  readonly #lowMark: number;
  readonly #onChange: (isHigh: boolean) => void;
  #isHigh = false;

  constructor(highMark: number, lowMark: number, onChange: (isHigh: boolean) => void = () => {}) {
    this.#highMark = highMark;
    this.#lowMark = lowMark;
    this.#onChange = onChange;
  }

  update(level: number): void {
    if (this.#isHigh ? level > this.#lowMark : level <= this.#highMark) return;
    this.#isHigh = !this.#isHigh;
    this.#onChange(this.#isHigh);
  }
}
