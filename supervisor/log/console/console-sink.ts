import { setTimeout as delay } from 'node:timers/promises';
import { Deferred } from '../../async/deferred.ts';
import { BackpressureGauge } from '../backpressure-gauge.ts';
import { type Batch, eventBatch, type Sink } from '../batch.ts';
import { BatchQueue } from '../batch-queue.ts';
import { WriteLoop } from '../write-loop.ts';
import type { WriteFn } from './stdout.ts';

/** Queued bytes for a terminal that stalls: what its user scrolls through when it continues, before the gap. */
const MAX_TERMINAL_BYTES = 1_048_576;

/** Queued bytes at which the services pause and resume. */
const HIGH_WATER_MARK_BYTES = 1_048_576;
const LOW_WATER_MARK_BYTES = HIGH_WATER_MARK_BYTES / 4;

/** Queued bytes where the services can pause: many times what they write until they do. */
const MAX_PAUSABLE_BYTES = 32 * HIGH_WATER_MARK_BYTES;

/** Bytes that are formatted and written in one step, so that a long queue does not block the supervisor. */
const MAX_STEP_BYTES = 65_536;

/** Error of a terminal or pipe that is non-blocking and full, and the delay before a retry. */
const NO_ROOM = 'EAGAIN';
const NO_ROOM_RETRY_MS = 10;

/** Errors of a file on a full disk, and the delay before a retry. It may stay full for hours: nobody waits for it. */
const DISK_FULL: readonly string[] = ['ENOSPC', 'EDQUOT'];
const DISK_FULL_RETRY_MS = 250;

/** How long `close` waits for a reader that makes no progress, and for one that does. */
const DRAIN_IDLE_MS = 1_000;
const DRAIN_TOTAL_MS = 5_000;

/** The bytes that the console shows for a batch. */
export type ConsoleFormatter = (batch: Batch) => Buffer;

/** Options of `ConsoleSink`. */
export interface ConsoleSinkOptions {
  readonly write: WriteFn;
  /** Awaited before the first write. */
  readonly formatter: Promise<ConsoleFormatter>;
  /** Called once when the reader is closed and nothing more can be shown. */
  readonly onClosed: () => void;
  /**
   * Called with true when the reader no longer keeps up, and with false when it does again. Without it, what a stalled
   * reader misses is dropped and counted. A full disk exerts no pressure: the queue is kept until there is room.
   */
  readonly onPressure?: (isHigh: boolean) => void;
  /** Queued bytes above which batches are dropped; 32 MiB by default, 1 MiB without `onPressure`. */
  readonly maxBytes?: number;
}

/** Shows every batch on the console, in order. */
export class ConsoleSink implements Sink {
  readonly #options: ConsoleSinkOptions;
  readonly #queue: BatchQueue;
  readonly #gauge: BackpressureGauge;
  readonly #loop: WriteLoop;
  #isDiskFull = false;
  /** Resolved while the disk is full. */
  #diskFull = new Deferred<void>();

  constructor(options: ConsoleSinkOptions) {
    const { onPressure } = options;
    this.#options = options;
    this.#queue = new BatchQueue(options.maxBytes ?? (onPressure ? MAX_PAUSABLE_BYTES : MAX_TERMINAL_BYTES));
    this.#gauge = new BackpressureGauge(HIGH_WATER_MARK_BYTES, LOW_WATER_MARK_BYTES, onPressure);
    this.#loop = new WriteLoop(
      () => !this.#queue.isEmpty,
      () => this.#writeQueued(),
    );
  }

  write(batch: Batch): void {
    if (this.#loop.isClosed) return;
    this.#queue.push(batch);
    this.#updatePressure();
    this.#loop.start();
  }

  /** Resolves once everything queued is shown, or the disk is full. */
  async drained(): Promise<void> {
    await Promise.race([this.#loop.idle, this.#diskFull.promise]);
  }

  /** Shows what is left as long as the reader takes it. */
  async close(): Promise<void> {
    await this.#loop.drain(DRAIN_IDLE_MS, DRAIN_TOTAL_MS);
    this.#loop.close();
  }

  async #writeQueued(): Promise<void> {
    const format = await this.#options.formatter;
    const { batches, dropped } = this.#queue.take(MAX_STEP_BYTES);
    const shown = dropped === 0 ? batches : [...batches, droppedNotice(dropped)];
    await this.#writeAll(Buffer.concat(shown.map(format)));
    this.#updatePressure();
  }

  async #writeAll(bytes: Buffer): Promise<void> {
    let offset = 0;
    while (offset < bytes.length && !this.#loop.isClosed) {
      try {
        const written = await this.#options.write(bytes, offset);
        offset += written;
        this.#loop.advance(written);
        if (this.#isDiskFull) this.#setDiskFull(false);
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException;
        const isDiskFull = DISK_FULL.includes(code);
        if (!isDiskFull && code !== NO_ROOM) return this.#handleClosedReader();
        if (isDiskFull) this.#setDiskFull(true);
        await delay(isDiskFull ? DISK_FULL_RETRY_MS : NO_ROOM_RETRY_MS);
      }
    }
  }

  #setDiskFull(isFull: boolean): void {
    this.#isDiskFull = isFull;
    if (isFull) this.#diskFull.resolve();
    else this.#diskFull = new Deferred();
    this.#updatePressure();
  }

  #updatePressure(): void {
    this.#gauge.update(this.#isDiskFull ? 0 : this.#queue.bytes);
  }

  #handleClosedReader(): void {
    this.#loop.close();
    this.#queue.take();
    this.#options.onClosed();
  }
}

function droppedNotice(lines: number): Batch {
  return eventBatch('WARNING', `Console did not keep up: ${lines} lines are not shown here; the log file has them`);
}
