import type { Batch } from './batch.ts';

/** What waited, and how many lines were refused after it. */
interface Drained {
  readonly batches: readonly Batch[];
  readonly dropped: number;
}

/**
 * Batches that wait for a slow sink, up to a bound in bytes. From the first batch that would go over it, all are
 * refused and counted until all that waits is taken: so what is missing is one gap, right after what was taken.
 */
export class BatchQueue {
  #batches: Batch[] = [];
  #bytes = 0;
  #dropped = 0;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isEmpty(): boolean {
    return this.#batches.length === 0 && this.#dropped === 0;
  }

  /** Bytes that wait. */
  get bytes(): number {
    return this.#bytes;
  }

  /** True when the batch was taken in. */
  push(batch: Batch): boolean {
    const fits = this.#dropped === 0 && (this.#bytes === 0 || this.#bytes + batch.bytes.length <= this.#maxBytes);
    if (!fits) {
      this.#dropped += batch.lines;
      return false;
    }
    this.#batches.push(batch);
    this.#bytes += batch.bytes.length;
    return true;
  }

  /** What waits first, whole batches, up to about `most` bytes: at least one batch, if any waits. */
  take(maxBytes: number = Number.POSITIVE_INFINITY): Drained {
    let count = 0;
    let bytes = 0;
    while (count < this.#batches.length && (count === 0 || bytes < maxBytes)) {
      bytes += (this.#batches[count++] as Batch).bytes.length;
    }
    const batches = this.#batches.splice(0, count);
    this.#bytes -= bytes;
    if (this.#batches.length > 0) return { batches, dropped: 0 };
    const dropped = this.#dropped;
    this.#dropped = 0;
    return { batches, dropped };
  }
}
