import { setTimeout as delay } from 'node:timers/promises';
import { FILE_DRAIN_TIMEOUT_MS, FLUSH_TIMEOUT_MS } from '../../../shared/timing.ts';
import { Deferred } from '../../async/deferred.ts';
import { BackpressureGauge } from '../backpressure-gauge.ts';
import type { Batch, Sink } from '../batch.ts';
import { BatchQueue } from '../batch-queue.ts';
import type { LogEvent } from '../log.ts';
import { WriteLoop } from '../write-loop.ts';
import { FileWriter, LAST_LINE_TIMEOUT_MS } from './file-writer.ts';
import type { LogFile } from './log-file.ts';
import { WriteHealth } from './write-health.ts';

/** Queued bytes above which batches are dropped. */
const MAX_QUEUED_BYTES = 32 * 1_048_576;

/** Bytes to write at which the services pause and resume: a third of a second at 100,000 lines/s. */
const HIGH_WATER_MARK_BYTES = 4 * 1_048_576;
const LOW_WATER_MARK_BYTES = 1_048_576;

/** Delay before a failed write is retried. */
const WRITE_RETRY_MS = 250;

/** How long `close` waits for a file that makes no progress, and for one that does. */
const DRAIN_IDLE_MS = 2_000;

/** Options of `FileSink.open`; the last two are for tests. */
export interface FileSinkOptions {
  readonly open: () => Promise<LogFile>;
  /** Logs each change between writing and failing. */
  readonly logEvent: LogEvent;
  /** Called with true when the file no longer keeps up, and with false when it does again. */
  readonly onPressure?: (isHigh: boolean) => void;
  /** Queued bytes above which batches are dropped; 32 MiB by default. */
  readonly maxBytes?: number;
  readonly retryMs?: number;
}

/**
 * Appends every batch to the file, in order. A slow file makes the services pause; while writes fail, batches are queued
 * and retried. Above the bound they are dropped and counted, and the count is logged when writing works again.
 */
export class FileSink implements Sink {
  readonly #writer: FileWriter;
  readonly #queue: BatchQueue;
  readonly #gauge: BackpressureGauge;
  readonly #health: WriteHealth;
  readonly #loop: WriteLoop;
  readonly #retryMs: number;
  /** Resolved once the queue as it is now is written. */
  #queuedWritten = new Deferred<void>();
  /** Resolved once what was last taken from the queue is written. */
  #pendingWritten = new Deferred<void>();

  private constructor(writer: FileWriter, options: FileSinkOptions) {
    this.#writer = writer;
    this.#queue = new BatchQueue(options.maxBytes ?? MAX_QUEUED_BYTES);
    this.#health = new WriteHealth(options.logEvent);
    this.#gauge = new BackpressureGauge(HIGH_WATER_MARK_BYTES, LOW_WATER_MARK_BYTES, options.onPressure);
    this.#loop = new WriteLoop(
      () => this.#writer.hasWork || !this.#queue.isEmpty,
      () => this.#writeQueued(),
    );
    this.#retryMs = options.retryMs ?? WRITE_RETRY_MS;
    this.#pendingWritten.resolve();
  }

  /** @throws any error of `options.open` */
  static async open(options: FileSinkOptions): Promise<FileSink> {
    return new FileSink(new FileWriter(await options.open(), options.open, options.logEvent), options);
  }

  write(batch: Batch): void {
    this.#queue.push(batch);
    this.#updatePressure();
    this.#loop.start();
  }

  /** Resolves once every batch accepted so far is in the file, after 700 ms at the latest; at once while writes fail. */
  async flushed(): Promise<void> {
    if (this.#health.isFailing) return;
    const flushed = new Deferred<void>().withTimeout(FLUSH_TIMEOUT_MS, undefined);
    void this.drained().then(() => flushed.resolve());
    await flushed.promise;
  }

  /** Resolves once every batch accepted so far is in the file, however long writes fail. */
  drained(): Promise<void> {
    return (this.#queue.isEmpty ? this.#pendingWritten : this.#queuedWritten).promise;
  }

  /** Opens the path again, between two lines: the file may have been moved. */
  reopen(): void {
    this.#writer.requestReopen();
    this.#loop.start();
  }

  /**
   * Writes what is left as long as the file takes it, and closes the file. It then ends with a whole line, and if there
   * is room for one more, with one that says how many are missing.
   * @returns how many lines could not be written
   */
  async close(): Promise<number> {
    await this.#loop.drain(DRAIN_IDLE_MS, FILE_DRAIN_TIMEOUT_MS);
    this.#loop.close();
    const { batches, dropped } = this.#queue.take();
    const queued = batches.reduce((sum, { lines }) => sum + lines, 0);
    const missing = this.#health.droppedLines + queued + dropped + this.#writer.pendingLines;
    // When a write hangs, the file cannot be closed either.
    if (await this.#loop.idleWithin(WRITE_RETRY_MS + LAST_LINE_TIMEOUT_MS)) await this.#writer.close(missing);
    return missing;
  }

  async #writeQueued(): Promise<void> {
    const writer = this.#writer;
    await writer.reopenIfRequested();
    if (writer.pendingBytes === 0) this.#takeQueued();
    try {
      while (writer.pendingBytes > 0 && !this.#loop.isClosed) {
        this.#loop.advance(await writer.append());
        this.#updatePressure();
      }
      if (writer.pendingBytes === 0) {
        this.#health.succeeded(!this.#queue.isEmpty);
        this.#pendingWritten.resolve();
      }
    } catch (error) {
      this.#health.failed(error as Error);
      this.#updatePressure();
      await delay(this.#retryMs);
    }
  }

  #takeQueued(): void {
    const { batches, dropped } = this.#queue.take();
    const [first] = batches;
    // One batch may be a large part of a backfill: it is not copied.
    this.#writer.setPending(first && batches.length === 1 ? first.bytes : Buffer.concat(batches.map((it) => it.bytes)));
    this.#health.addDropped(dropped);
    this.#pendingWritten = this.#queuedWritten;
    this.#queuedWritten = new Deferred();
  }

  /** Nobody pauses while writes fail: it may take hours until there is room on the disk. */
  #updatePressure(): void {
    this.#gauge.update(this.#health.isFailing ? 0 : this.#queue.bytes + this.#writer.pendingBytes);
  }
}
