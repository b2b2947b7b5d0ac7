import type { Batch } from './batch.ts';

/** What waited, and how many lines were refused after it. */
interface Taken {
  readonly batches: readonly Batch[];
  readonly refused: number;
}

/**
 * Batches that wait for a slow sink, up to a bound in bytes. From the first batch that would go over it, all are
 * refused and counted until the queue is taken: so what is missing is one gap, right after what was taken.
 */
export class BatchQueue {
  #batches: Batch[] = [];
  #bytes = 0;
  #refused = 0;
  readonly #bound: number;

  constructor(bound: number) {
    this.#bound = bound;
  }

  get isEmpty(): boolean {
    return this.#batches.length === 0 && this.#refused === 0;
  }

  /** True when the batch was taken in. */
  push(batch: Batch): boolean {
    const fits = this.#refused === 0 && (this.#bytes === 0 || this.#bytes + batch.bytes.length <= this.#bound);
    if (!fits) {
      this.#refused += batch.lines;
      return false;
    }
    this.#batches.push(batch);
    this.#bytes += batch.bytes.length;
    return true;
  }

  take(): Taken {
    const taken = { batches: this.#batches, refused: this.#refused };
    this.#batches = [];
    this.#bytes = 0;
    this.#refused = 0;
    return taken;
  }
}
