import type { Batch } from './batch.ts';

/** What waited, and how many lines were refused after it. */
interface Taken {
  readonly batches: readonly Batch[];
  readonly refused: number;
}

/**
 * Batches that wait for a slow sink, up to a bound in bytes. From the first batch that would go over it, all are
 * refused and counted until all that waits is taken: so what is missing is one gap, right after what was taken.
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

  /** Bytes that wait. */
  get bytes(): number {
    return this.#bytes;
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

  /** What waits first, whole batches, up to about `most` bytes: at least one batch, if any waits. */
  take(most: number = Number.POSITIVE_INFINITY): Taken {
    let count = 0;
    let bytes = 0;
    while (count < this.#batches.length && (count === 0 || bytes < most)) {
      bytes += (this.#batches[count++] as Batch).bytes.length;
    }
    const batches = this.#batches.splice(0, count);
    this.#bytes -= bytes;
    if (this.#batches.length > 0) return { batches, refused: 0 };
    const refused = this.#refused;
    this.#refused = 0;
    return { batches, refused };
  }
}
