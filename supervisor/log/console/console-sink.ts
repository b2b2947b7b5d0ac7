import { setTimeout as delay } from 'node:timers/promises';
import { LEVEL_NUMBERS } from '../../../shared/record.ts';
import { Deferred } from '../../async/deferred.ts';
import { BackpressureGauge } from '../backpressure-gauge.ts';
import { type Batch, type Sink, toBatch } from '../batch.ts';
import { BatchQueue } from '../batch-queue.ts';
import { drainWithTimeout } from '../drain.ts';
import type { WriteFn } from './stdout.ts';

/** Bytes kept for a terminal that stalls: what its user scrolls through when it goes on, before the gap. */
const MAX_TERMINAL_BYTES = 1_048_576;

/** Bytes at which the writers are asked to pause, and to go on. */
const HIGH_WATER_MARK_BYTES = 1_048_576;
const LOW_WATER_MARK_BYTES = HIGH_WATER_MARK_BYTES / 4;

/** Bytes kept where the writers can be asked to pause: what they may write until they do, many times over. */
const MAX_PAUSABLE_BYTES = 32 * HIGH_WATER_MARK_BYTES;

/** Bytes, at least a batch, that are rendered and written at once: a backlog must not hold up the supervisor. */
const MAX_WRITE_BYTES = 65_536;

/** A console that cannot take anything now; ms until it is tried again. */
const RETRY_MS: Readonly<Record<string, number>> = {
  // A terminal or pipe that was set to non-blocking and is full.
  EAGAIN: 10,
  // A file on a full disk.
  ENOSPC: 250,
  EDQUOT: 250,
};

/** It may stay full for hours: nobody waits for it. */
const DISK_FULL: readonly string[] = ['ENOSPC', 'EDQUOT'];

/** How long a reader that takes nothing is waited for at the end, and how long one that does, in ms. */
const DRAIN_IDLE_MS = 1_000;
const DRAIN_TOTAL_MS = 5_000;

/** What a batch looks like on the console. */
export type Render = (batch: Batch) => Buffer;

export interface ConsoleSinkOptions {
  readonly write: WriteFn;
  /** Awaited before the first line: batches wait meanwhile. */
  readonly render: Promise<Render>;
  /** The reader is gone: nothing more can be shown. */
  readonly onClosed: () => void;
  /**
   * Is told that the reader does not keep up (true), so that no more is written than it shows, and that it does again
   * (false). Without this what a stalled reader misses is counted. A full disk exerts no pressure: as much as fits is
   * kept until it has room, and the rest is counted.
   */
  readonly onPressure?: (isHigh: boolean) => void;
  /** Bytes kept. */
  readonly maxBytes?: number;
}

/** Shows every batch on the console, in order, one write at a time. */
export class ConsoleSink implements Sink {
  readonly #options: ConsoleSinkOptions;
  readonly #queue: BatchQueue;
  readonly #marks: BackpressureGauge | undefined;
  #running: Promise<void> | undefined;
  #bytesWritten = 0;
  #isClosed = false;
  #isDiskFull = false;
  #diskFull = new Deferred<void>();

  constructor(options: ConsoleSinkOptions) {
    const { onPressure } = options;
    this.#options = options;
    this.#queue = new BatchQueue(options.maxBytes ?? (onPressure ? MAX_PAUSABLE_BYTES : MAX_TERMINAL_BYTES));
    this.#marks = onPressure && new BackpressureGauge(HIGH_WATER_MARK_BYTES, LOW_WATER_MARK_BYTES, onPressure);
  }

  write(batch: Batch): void {
    if (this.#isClosed) return;
    this.#queue.push(batch);
    this.#measurePressure();
    this.#running ??= this.#run();
  }

  /** Resolves as well once the disk is full: what waits then may have to wait for hours. */
  async drained(): Promise<void> {
    await Promise.race([this.#running, this.#diskFull.promise]);
  }

  /** Shows what is left, as long as the reader takes it. */
  async close(): Promise<void> {
    await drainWithTimeout(() => ({ running: this.#running, done: this.#bytesWritten }), DRAIN_IDLE_MS, DRAIN_TOTAL_MS);
    this.#isClosed = true;
  }

  async #run(): Promise<void> {
    const render = await this.#options.render;
    while (!this.#isClosed && !this.#queue.isEmpty) {
      const { batches, dropped } = this.#queue.take(MAX_WRITE_BYTES);
      const shown = dropped === 0 ? batches : [...batches, droppedNotice(dropped)];
      await this.#writeAll(Buffer.concat(shown.map(render)));
      this.#measurePressure();
    }
    this.#running = undefined;
  }

  async #writeAll(bytes: Buffer): Promise<void> {
    let offset = 0;
    while (offset < bytes.length && !this.#isClosed) {
      try {
        const taken = await this.#options.write(bytes, offset);
        offset += taken;
        this.#bytesWritten += taken;
        if (this.#isDiskFull) this.#setDiskFull(false);
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException;
        const retryMs = RETRY_MS[code];
        if (retryMs === undefined) return this.#onReaderGone();
        if (DISK_FULL.includes(code)) this.#setDiskFull(true);
        await delay(retryMs);
      }
    }
  }

  #setDiskFull(isFull: boolean): void {
    this.#isDiskFull = isFull;
    if (isFull) this.#diskFull.resolve();
    else this.#diskFull = new Deferred();
    this.#measurePressure();
  }

  #measurePressure(): void {
    this.#marks?.update(this.#isDiskFull ? 0 : this.#queue.bytes);
  }

  #onReaderGone(): void {
    this.#isClosed = true;
    this.#queue.take();
    this.#options.onClosed();
  }
}

function droppedNotice(lines: number): Batch {
  const msg = `Console did not keep up: ${lines} lines are not shown here; the log file has them`;
  return toBatch({ level: LEVEL_NUMBERS.WARNING, time: Date.now(), service: 'Supervisor', msg });
}
