import { setTimeout as delay } from 'node:timers/promises';
import { LEVEL_NUMBERS } from '../../../shared/record.ts';
import { Awaited } from '../../async/deferred.ts';
import { WaterMarks } from '../backpressure-gauge.ts';
import { type Batch, batchOf, type Sink } from '../batch.ts';
import { BatchQueue } from '../batch-queue.ts';
import { endOf } from '../drain.ts';
import type { Put } from './stdout.ts';

/** Bytes kept for a terminal that stalls: what its user scrolls through when it goes on, before the gap. */
const TERMINAL_BOUND = 1_048_576;

/** Bytes at which the writers are asked to pause, and to go on. */
const HIGH = 1_048_576;
const LOW = HIGH / 4;

/** Bytes kept where the writers can be asked to pause: what they may write until they do, many times over. */
const PAUSABLE_BOUND = 32 * HIGH;

/** Bytes, at least a batch, that are rendered and written at once: a backlog must not hold up the supervisor. */
const AT_ONCE = 65_536;

/** A console that cannot take anything now; ms until it is tried again. */
const RETRY: Readonly<Record<string, number>> = {
  // A terminal or pipe that was set to non-blocking and is full.
  EAGAIN: 10,
  // A file on a full disk.
  ENOSPC: 250,
  EDQUOT: 250,
};

/** It may stay full for hours: nobody waits for it. */
const DISK_FULL: readonly string[] = ['ENOSPC', 'EDQUOT'];

/** How long a reader that takes nothing is waited for at the end, and how long one that does, in ms. */
const LAST_LINES = 1_000;
const LAST_LINES_IN_ALL = 5_000;

/** What a batch looks like on the console. */
export type Render = (batch: Batch) => Buffer;

export interface ConsoleSinkOptions {
  readonly put: Put;
  /** Awaited before the first line: batches wait meanwhile. */
  readonly render: Promise<Render>;
  /** The reader is gone: nothing more can be shown. */
  readonly onGone: () => void;
  /**
   * Is told that the reader does not keep up (true), so that no more is written than it shows, and that it does again
   * (false). Without this what a stalled reader misses is counted. A full disk exerts no pressure: as much as fits is
   * kept until it has room, and the rest is counted.
   */
  readonly onPressure?: (isHigh: boolean) => void;
  /** Bytes kept. */
  readonly bound?: number;
}

/** Shows every batch on the console, in order, one write at a time. */
export class ConsoleSink implements Sink {
  readonly #options: ConsoleSinkOptions;
  readonly #queue: BatchQueue;
  readonly #marks: WaterMarks | undefined;
  #running: Promise<void> | undefined;
  #shown = 0;
  #gone = false;
  #isDiskFull = false;
  #diskFull = new Awaited<void>();

  constructor(options: ConsoleSinkOptions) {
    const { onPressure } = options;
    this.#options = options;
    this.#queue = new BatchQueue(options.bound ?? (onPressure ? PAUSABLE_BOUND : TERMINAL_BOUND));
    this.#marks = onPressure && new WaterMarks(HIGH, LOW, onPressure);
  }

  write(batch: Batch): void {
    if (this.#gone) return;
    this.#queue.push(batch);
    this.#measurePressure();
    this.#running ??= this.#work();
  }

  /** Resolves as well once the disk is full: what waits then may have to wait for hours. */
  async drained(): Promise<void> {
    await Promise.race([this.#running, this.#diskFull.value]);
  }

  /** Shows what is left, as long as the reader takes it. */
  async close(): Promise<void> {
    await endOf(() => ({ running: this.#running, done: this.#shown }), LAST_LINES, LAST_LINES_IN_ALL);
    this.#gone = true;
  }

  async #work(): Promise<void> {
    const render = await this.#options.render;
    while (!this.#gone && !this.#queue.isEmpty) {
      const { batches, refused } = this.#queue.take(AT_ONCE);
      const shown = refused === 0 ? batches : [...batches, skipped(refused)];
      await this.#put(Buffer.concat(shown.map(render)));
      this.#measurePressure();
    }
    this.#running = undefined;
  }

  async #put(bytes: Buffer): Promise<void> {
    let offset = 0;
    while (offset < bytes.length && !this.#gone) {
      try {
        const taken = await this.#options.put(bytes, offset);
        offset += taken;
        this.#shown += taken;
        if (this.#isDiskFull) this.#setDiskFull(false);
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException;
        const retryMs = RETRY[code];
        if (retryMs === undefined) return this.#leave();
        if (DISK_FULL.includes(code)) this.#setDiskFull(true);
        await delay(retryMs);
      }
    }
  }

  #setDiskFull(isFull: boolean): void {
    this.#isDiskFull = isFull;
    if (isFull) this.#diskFull.settle();
    else this.#diskFull = new Awaited();
    this.#measurePressure();
  }

  #measurePressure(): void {
    this.#marks?.at(this.#isDiskFull ? 0 : this.#queue.bytes);
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
