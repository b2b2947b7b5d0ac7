import { setTimeout as delay } from 'node:timers/promises';
import { LEVEL_NUMBERS } from '../../shared/record.ts';
import { type Batch, batchOf, type Sink } from './batch.ts';
import { BatchQueue } from './batch-queue.ts';
import type { Put } from './stdout.ts';

/** Bytes kept for a reader that does not keep up. */
const BOUND = 8 * 1_048_576;

/** A terminal or pipe that was set to non-blocking says EAGAIN when it is full; ms until it is tried again. */
const FULL_RETRY = 10;

/** How long a reader has to take the last lines, in ms. */
const LAST_LINES = 1_000;

/** What a batch looks like on the console. */
export type Render = (batch: Batch) => Buffer;

export interface ConsoleSinkOptions {
  readonly put: Put;
  /** Awaited before the first line: batches wait meanwhile. */
  readonly render: Promise<Render>;
  /** The reader is gone: nothing more can be shown. */
  readonly onGone: () => void;
  readonly bound?: number;
}

/** Shows every batch on the console, in order, one write at a time. */
export class ConsoleSink implements Sink {
  readonly #options: ConsoleSinkOptions;
  readonly #queue: BatchQueue;
  #running: Promise<void> | undefined;
  #gone = false;

  constructor(options: ConsoleSinkOptions) {
    this.#options = options;
    this.#queue = new BatchQueue(options.bound ?? BOUND);
  }

  write(batch: Batch): void {
    if (this.#gone) return;
    this.#queue.push(batch);
    this.#running ??= this.#work();
  }

  /** Shows what is left, if the reader takes it within a second. */
  async close(): Promise<void> {
    await Promise.race([this.#running, delay(LAST_LINES, undefined, { ref: false })]);
    this.#gone = true;
  }

  async #work(): Promise<void> {
    const render = await this.#options.render;
    while (!this.#gone && !this.#queue.isEmpty) {
      const { batches, refused } = this.#queue.take();
      const shown = refused === 0 ? batches : [...batches, skipped(refused)];
      await this.#put(Buffer.concat(shown.map(render)));
    }
    this.#running = undefined;
  }

  async #put(bytes: Buffer): Promise<void> {
    let offset = 0;
    while (offset < bytes.length && !this.#gone) {
      try {
        offset += await this.#options.put(bytes, offset);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EAGAIN') await delay(FULL_RETRY);
        else this.#leave();
      }
    }
  }

  #leave(): void {
    this.#gone = true;
    this.#queue.take();
    this.#options.onGone();
  }
}

function skipped(lines: number): Batch {
  const msg = `Console did not keep up: ${lines} lines are not shown here; the log file has them`;
  return batchOf({ level: LEVEL_NUMBERS.WARNING, time: Date.now(), service: 'Supervisor', msg });
}
