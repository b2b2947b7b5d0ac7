import { setTimeout as delay } from 'node:timers/promises';
import type { Batch, Sink } from './batch.ts';
import { BatchQueue } from './batch-queue.ts';
import { endOf } from './last-work.ts';
import { countLines, lineStart } from './line-ends.ts';
import type { LogFile } from './log-file.ts';

/** Bytes kept for a file that cannot be written. */
const BOUND = 32 * 1_048_576;

/** How long until a failed write is tried again, in ms. */
const RETRY = 250;

/** How long a disk that takes nothing is waited for at the end, and how long one that does, in ms. */
const LAST_TRIES = 2_000;
const LAST_TRIES_IN_ALL = 10_000;

/** How the user is told. */
export type Tell = (level: 'INFO' | 'WARNING' | 'ERROR', message: string) => void;

export interface FileSinkOptions {
  readonly open: () => Promise<LogFile>;
  /** Is told once of every change between writing and not writing. */
  readonly tell: Tell;
  readonly bound?: number;
  readonly retryMs?: number;
}

interface Waiter {
  readonly upTo: number;
  /** Waits for as long as the disk refuses, too. */
  readonly isPatient: boolean;
  readonly resolve: () => void;
}

/**
 * Appends every batch to the file, in order, whole. While the disk refuses, it keeps what comes and tries again; past
 * its bound it counts what is lost and says so when it writes again.
 */
export class FileSink implements Sink {
  readonly #options: FileSinkOptions;
  readonly #queue: BatchQueue;
  #file: LogFile;
  #bytes: Buffer = Buffer.alloc(0);
  #offset = 0;
  #appended = 0;
  #accepted = 0;
  #taken = 0;
  #written = 0;
  #lost = 0;
  #waiters: readonly Waiter[] = [];
  #running: Promise<void> | undefined;
  #failing = false;
  #isCatchingUp = false;
  #reopenWanted = false;
  #givenUp = false;

  private constructor(file: LogFile, options: FileSinkOptions) {
    this.#file = file;
    this.#options = options;
    this.#queue = new BatchQueue(options.bound ?? BOUND);
  }

  /** @throws what opening the file throws */
  static async open(options: FileSinkOptions): Promise<FileSink> {
    return new FileSink(await options.open(), options);
  }

  write(batch: Batch): void {
    if (this.#queue.push(batch)) this.#accepted++;
    this.#run();
  }

  /** Resolves once all that was handed over is in the file, or at once while the disk refuses. */
  flushed(): Promise<void> {
    return this.#failing ? Promise.resolve() : this.#writtenSoFar(false);
  }

  /** Resolves once all that was handed over is in the file, however long the disk refuses. */
  drained(): Promise<void> {
    return this.#writtenSoFar(true);
  }

  /** Opens the path anew, at the end of a line: the old file may have been moved away. */
  reopen(): void {
    this.#reopenWanted = true;
    this.#run();
  }

  /** Writes what is left, as long as the disk takes it; returns how many lines it could not. */
  async close(): Promise<number> {
    await endOf(() => ({ running: this.#running, done: this.#appended }), LAST_TRIES, LAST_TRIES_IN_ALL);
    this.#givenUp = true;
    if (this.#running === undefined) await this.#file.close();
    const { batches, refused } = this.#queue.take();
    const waiting = batches.reduce((sum, { lines }) => sum + lines, refused);
    return this.#lost + waiting + countLines(this.#bytes, this.#offset);
  }

  #writtenSoFar(isPatient: boolean): Promise<void> {
    if (this.#written >= this.#accepted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters = [...this.#waiters, { upTo: this.#accepted, isPatient, resolve }];
    });
  }

  #run(): void {
    this.#running ??= this.#work();
  }

  async #work(): Promise<void> {
    // Whatever else is written in this turn goes out with the same system call.
    await Promise.resolve();
    while (!this.#givenUp && (this.#hasBytes || this.#reopenWanted || !this.#queue.isEmpty)) {
      if (this.#reopenWanted) await this.#reopenNow();
      if (!this.#hasBytes) this.#take();
      try {
        while (this.#hasBytes) await this.#append();
        this.#succeeded();
      } catch (error) {
        this.#failed(error as Error);
        await delay(this.#options.retryMs ?? RETRY);
      }
    }
    this.#running = undefined;
  }

  async #append(): Promise<void> {
    const end = await this.#file.append(this.#bytes, this.#offset);
    this.#appended += end - this.#offset;
    this.#offset = end;
  }

  get #hasBytes(): boolean {
    return this.#offset < this.#bytes.length;
  }

  #take(): void {
    const { batches, refused } = this.#queue.take();
    this.#bytes = batches.length === 1 ? (batches[0] as Batch).bytes : Buffer.concat(batches.map(({ bytes }) => bytes));
    this.#offset = 0;
    this.#taken += batches.length;
    this.#lost += refused;
  }

  #succeeded(): void {
    this.#written = this.#taken;
    this.#release((waiter) => waiter.upTo <= this.#written);
    if (!this.#failing && this.#lost === 0) return;
    // Only once what came meanwhile is written too is it known how much of that was lost.
    const hasMore = this.#failing && !this.#isCatchingUp && !this.#queue.isEmpty;
    this.#isCatchingUp = hasMore;
    if (hasMore) return;
    const lost = this.#lost;
    const how = this.#failing ? 'is written again' : 'did not keep up';
    this.#failing = false;
    this.#lost = 0;
    if (lost === 0) this.#options.tell('INFO', `Log file ${how}, no line was lost`);
    else this.#options.tell('ERROR', `Log file ${how}, ${lost} lines were lost`);
  }

  #failed(error: Error): void {
    this.#release(({ isPatient }) => !isPatient);
    this.#isCatchingUp = false;
    if (this.#failing) return;
    this.#failing = true;
    this.#options.tell('WARNING', `Log file cannot be written, keeping lines and trying again: ${error.message}`);
  }

  #release(isDone: (waiter: Waiter) => boolean): void {
    const done = this.#waiters.filter(isDone);
    if (done.length === 0) return;
    this.#waiters = this.#waiters.filter((waiter) => !done.includes(waiter));
    for (const { resolve } of done) resolve();
  }

  async #reopenNow(): Promise<void> {
    this.#reopenWanted = false;
    try {
      const file = await this.#options.open();
      await this.#file.close().catch(() => {});
      this.#file = file;
      // What the old file has of a line is there for good; the new one gets that line whole.
      this.#offset = lineStart(this.#bytes, this.#offset);
      this.#options.tell('INFO', 'Log file reopened');
    } catch (error) {
      this.#options.tell(
        'WARNING',
        `Log file cannot be reopened, writing on to the old one: ${(error as Error).message}`,
      );
    }
  }
}
