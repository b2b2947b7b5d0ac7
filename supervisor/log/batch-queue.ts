import type { Batch } from './batch.ts';

/** Batches taken from the queue, and how many lines were dropped after them. */
interface Taken {
  readonly batches: readonly Batch[];
  readonly dropped: number;
}

/**
 * Batches that wait for a slow sink, up to a bound in bytes. From the first batch that exceeds it, all are dropped and
 * counted until the queue is empty, so that what is missing is one gap, right after the queued batches.
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

  /** Queued bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  push(batch: Batch): void {
    const fits = this.#dropped === 0 && (this.#bytes === 0 || this.#bytes + batch.bytes.length <= this.#maxBytes);
    if (!fits) {
      this.#dropped += batch.lines;
      return;
    }
    this.#batches.push(batch);
    this.#bytes += batch.bytes.length;
  }

  /** Takes the oldest batches, until they have `maxBytes` or more. */
  take(maxBytes: number = Number.POSITIVE_INFINITY): Taken {
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
