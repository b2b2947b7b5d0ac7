import type { MeasureId } from '../bands.ts';
import { type Finding, MAX_EXAMPLES } from '../measure.ts';

/** Counts the cases of one rule and those that contradict what the log said before. */
export class Tally {
  readonly #id: MeasureId;
  readonly #examples: string[] = [];
  #cases = 0;
  #contradictions = 0;

  constructor(id: MeasureId) {
    this.#id = id;
  }

  /** The log tells something that later or earlier lines could contradict. */
  case(): void {
    this.#cases++;
  }

  /** @param example what contradicts what */
  contradiction(example: string): void {
    this.#contradictions++;
    if (this.#examples.length < MAX_EXAMPLES) this.#examples.push(example);
  }

  finding(): Finding {
    return { id: this.#id, figures: [this.#contradictions], cases: this.#cases, examples: this.#examples };
  }
}
