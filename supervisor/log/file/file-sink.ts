import { setTimeout as delay } from 'node:timers/promises';
import { LEVEL_NUMBERS } from '../../../shared/record.ts';
import { FILE_DRAIN_TIMEOUT_MS, FLUSH_TIMEOUT_MS } from '../../../shared/timing.ts';
import { Deferred } from '../../async/deferred.ts';
import { BackpressureGauge } from '../backpressure-gauge.ts';
import { type Batch, type Sink, toBatch } from '../batch.ts';
import { BatchQueue } from '../batch-queue.ts';
import { drainWithTimeout } from '../drain.ts';
import { FlushWaiters } from './flush-waiters.ts';
import { lineEnd } from './line-ends.ts';
import type { LogFile } from './log-file.ts';
import { NO_BYTES, PendingBytes } from './pending-bytes.ts';
import { type Notify, WriteHealth } from './write-health.ts';

/** Bytes kept for a file that cannot be written. */
const MAX_QUEUED_BYTES = 32 * 1_048_576;

/** Bytes waiting at which the services are asked to pause, and to go on: a third of a second at 100,000 lines/s. */
const HIGH_WATER_MARK_BYTES = 4 * 1_048_576;
const LOW_WATER_MARK_BYTES = 1_048_576;

/** How long until a failed write is tried again, and a write to a pipe that is full, in ms. */
const RETRY_MS = 250;
const FULL_PIPE_RETRY_MS = 10;

/** At the end: how long a disk that takes nothing is waited for, and for the last line, in ms. */
const DRAIN_IDLE_MS = 2_000;
const LAST_LINE_TIMEOUT_MS = 1_000;

export interface FileSinkOptions {
  readonly open: () => Promise<LogFile>;
  /** Is notified once of every change between writing and not writing. */
  readonly notify: Notify;
  /** Is called when the file does not keep up (true), and when it does again (false). */
  readonly onPressure?: (isHigh: boolean) => void;
  readonly bound?: number;
  readonly retryMs?: number;
}

/**
 * Appends every batch to the file, in order, whole. A file that is slow holds the services up; while the disk refuses,
 * it keeps what comes and tries again; past its bound it counts what is lost and says so when it writes again.
 */
export class FileSink implements Sink {
  readonly #options: FileSinkOptions;
  readonly #queue: BatchQueue;
  readonly #marks: BackpressureGauge;
  readonly #health: WriteHealth;
  readonly #waiters = new FlushWaiters();
  #file: LogFile;
  #pending = NO_BYTES;
  /** Batches accepted, taken from the queue and written, and bytes appended so far. */
  readonly #done = { accepted: 0, taken: 0, written: 0, bytes: 0 };
  #running: Promise<void> | undefined;
  #reopenWanted = false;
  #isClosed = false;

  private constructor(file: LogFile, options: FileSinkOptions) {
    this.#file = file;
    this.#options = options;
    this.#queue = new BatchQueue(options.bound ?? MAX_QUEUED_BYTES);
    this.#health = new WriteHealth(options.notify);
    this.#marks = new BackpressureGauge(HIGH_WATER_MARK_BYTES, LOW_WATER_MARK_BYTES, (isHigh) =>
      options.onPressure?.(isHigh),
    );
  }

  /** @throws what opening the file throws */
  static async open(options: FileSinkOptions): Promise<FileSink> {
    return new FileSink(await options.open(), options);
  }

  write(batch: Batch): void {
    if (this.#queue.push(batch)) this.#done.accepted++;
    this.#updatePressure();
    this.#run();
  }

  /**
   * Resolves once all that was handed over is in the file; at once while the disk refuses, and after 700 ms when the
   * file does not keep up.
   */
  async flushed(): Promise<void> {
    if (this.#health.isFailing || this.#isWritten) return;
    const flushed = new Deferred<void>().withTimeout(FLUSH_TIMEOUT_MS, undefined);
    void this.#waiters.wait(this.#done.accepted, false).then(() => flushed.resolve());
    await flushed.promise;
  }

  /** Resolves once all that was handed over is in the file, however long the disk refuses. */
  drained(): Promise<void> {
    return this.#isWritten ? Promise.resolve() : this.#waiters.wait(this.#done.accepted, true);
  }

  /** Opens the path anew, at the end of a line: the old file may have been moved away. */
  reopen(): void {
    this.#reopenWanted = true;
    this.#run();
  }

  /**
   * Writes what is left, as long as the disk takes it. What is written ends with a whole line, and if there is room for
   * it, with one that says how many are missing.
   * @returns how many lines could not be written
   */
  async close(): Promise<number> {
    await drainWithTimeout(
      () => ({ running: this.#running, done: this.#done.bytes }),
      DRAIN_IDLE_MS,
      FILE_DRAIN_TIMEOUT_MS,
    );
    this.#isClosed = true;
    const { batches, dropped } = this.#queue.take();
    const waiting = batches.reduce((sum, { lines }) => sum + lines, dropped);
    const missing = this.#health.lost + waiting + this.#pending.lines;
    if (await this.#hasStopped()) {
      if (missing > 0) await this.#writeLastLine(missing).catch(() => {});
      await this.#file.close();
    }
    return missing;
  }

  get #isWritten(): boolean {
    return this.#done.written >= this.#done.accepted;
  }

  #run(): void {
    this.#running ??= this.#work();
  }

  async #work(): Promise<void> {
    // Whatever else is written in this turn goes out with the same system call.
    await Promise.resolve();
    while (!this.#isClosed && (this.#pending.length > 0 || this.#reopenWanted || !this.#queue.isEmpty)) {
      if (this.#reopenWanted) await this.#reopenNow();
      if (this.#pending.length === 0) this.#take();
      try {
        while (this.#pending.length > 0 && !this.#isClosed) await this.#append();
        if (this.#pending.length === 0) this.#succeeded();
      } catch (error) {
        this.#health.failed(error as Error);
        this.#waiters.giveUp();
        this.#updatePressure();
        await delay(this.#options.retryMs ?? RETRY_MS);
      }
    }
    this.#running = undefined;
  }

  async #append(): Promise<void> {
    const { bytes, offset } = this.#pending;
    const end = await this.#file.append(bytes, offset);
    this.#done.bytes += end - offset;
    this.#pending.advanceTo(end);
    this.#updatePressure();
    if (end === offset) await delay(FULL_PIPE_RETRY_MS);
  }

  #take(): void {
    const { batches, dropped } = this.#queue.take();
    const bytes = batches.length === 1 ? (batches[0] as Batch).bytes : Buffer.concat(batches.map(({ bytes }) => bytes));
    this.#pending = new PendingBytes(bytes);
    this.#done.taken += batches.length;
    this.#health.addLost(dropped);
  }

  #succeeded(): void {
    // Whoever wrote the bytes may take their memory back now.
    this.#pending = NO_BYTES;
    this.#done.written = this.#done.taken;
    this.#waiters.written(this.#done.written);
    this.#health.succeeded(!this.#queue.isEmpty);
  }

  /** A disk that refuses holds nobody up: it may take hours until somebody makes room. */
  #updatePressure(): void {
    this.#marks.update(this.#health.isFailing ? 0 : this.#queue.bytes + this.#pending.length);
  }

  async #reopenNow(): Promise<void> {
    this.#reopenWanted = false;
    try {
      const file = await this.#options.open();
      await this.#file.close().catch(() => {});
      this.#file = file;
      // What the old file has of a line is there for good; the new one gets that line whole.
      this.#pending.repeatLine();
      this.#options.notify('INFO', 'Log file reopened');
    } catch (error) {
      this.#options.notify(
        'WARNING',
        `Log file cannot be reopened, writing on to the old one: ${(error as Error).message}`,
      );
    }
  }

  /** False when a write is stuck: then nothing more can be done with the file. */
  async #hasStopped(): Promise<boolean> {
    const stopped = new Deferred<boolean>().withTimeout(RETRY_MS + LAST_LINE_TIMEOUT_MS, false);
    void Promise.resolve(this.#running).then(() => stopped.resolve(true));
    return stopped.promise;
  }

  async #writeLastLine(missing: number): Promise<void> {
    const { bytes, offset, partOfLine } = this.#pending;
    const isUndone = partOfLine > 0 && (await this.#file.dropTail(partOfLine));
    const rest = partOfLine === 0 || isUndone ? Buffer.alloc(0) : bytes.subarray(offset, lineEnd(bytes, offset));
    const msg = `Log file did not take its last ${missing} lines: they are missing here`;
    const line = toBatch({ level: LEVEL_NUMBERS.ERROR, time: Date.now(), service: 'Supervisor', msg });
    this.#pending = new PendingBytes(Buffer.concat([rest, line.bytes]));
    try {
      const end = performance.now() + LAST_LINE_TIMEOUT_MS;
      while (this.#pending.length > 0 && performance.now() < end) await this.#append();
    } finally {
      if (this.#pending.partOfLine > 0) await this.#file.dropTail(this.#pending.partOfLine);
    }
  }
}
