import type { CompiledFailure } from './compiled-variant.ts';
import type { Slot } from './page-template.ts';

/** Larger than the index of any slot. */
const NO_SLOT = 0x7fffffff;

/** Where and how each journey of a page has failed. */
export class Failures {
  /** For each journey the slot at which it failed first, or `NO_SLOT`. */
  readonly #firstSlots: Int32Array;
  readonly #failures: (CompiledFailure | undefined)[];

  /** @param journeys how many journeys a page has */
  constructor(journeys: number) {
    this.#firstSlots = new Int32Array(journeys).fill(NO_SLOT);
    this.#failures = new Array(journeys);
  }

  /** The failure of the slot's journey, when it failed before this slot. */
  before({ index, journey }: Slot): CompiledFailure | undefined {
    return (this.#firstSlots[journey] as number) < index ? this.#failures[journey] : undefined;
  }

  /** The failure of the slot's journey, when it failed at this slot or before. */
  upTo({ index, journey }: Slot): CompiledFailure | undefined {
    return (this.#firstSlots[journey] as number) <= index ? this.#failures[journey] : undefined;
  }

  /** Of several failures of one journey the first in causal order counts. */
  add({ index, journey }: Slot, failure: CompiledFailure): void {
    if (index >= (this.#firstSlots[journey] as number)) return;
    this.#firstSlots[journey] = index;
    this.#failures[journey] = failure;
  }
}
