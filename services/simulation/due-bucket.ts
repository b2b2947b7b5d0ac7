import type { DueKey } from './due-keys.ts';

/** The keys of the lines due in one bucket of time: added in any order, then read in order. */
export class DueBucket {
  #pending: DueKey[] = [];
  #sorted: Float64Array | undefined;

  /** Only before the bucket is read. */
  add(key: DueKey): void {
    this.#pending.push(key);
  }

  /** All keys in ascending order. */
  get sorted(): Float64Array {
    if (!this.#sorted) {
      this.#sorted = Float64Array.from(this.#pending).sort();
      this.#pending = [];
    }
    return this.#sorted;
  }

  /** Index of the first key in order that is not less than `bound`. */
  lowerBound(bound: DueKey): number {
    const { sorted } = this;
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] as number) < bound) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
