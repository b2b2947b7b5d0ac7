import { performance } from 'node:perf_hooks';
import { Deferred } from '../async/deferred.ts';

/** Writes in the background, one step at a time, as long as there is something to write. */
export class WriteLoop {
  readonly #hasWork: () => boolean;
  readonly #step: () => Promise<void>;
  #running: Promise<void> | undefined;
  #bytesWritten = 0;
  #isClosed = false;

  /** @param step writes some of it; must not throw, and should return early once the loop is closed */
  constructor(hasWork: () => boolean, step: () => Promise<void>) {
    this.#hasWork = hasWork;
    this.#step = step;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Resolves once there is nothing left to write, or the loop is closed. */
  get idle(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Reports progress, so that `drain` waits on. */
  advance(bytes: number): void {
    this.#bytesWritten += bytes;
  }

  /** Waits until it is idle, but at most `idleMs` without progress and about `totalMs` overall. */
  async drain(idleMs: number, totalMs: number): Promise<void> {
    const end = performance.now() + totalMs;
    let before: number;
    do {
      before = this.#bytesWritten;
      await this.idleWithin(idleMs);
    } while (this.#running && this.#bytesWritten > before && performance.now() < end);
  }

  /** Whether it is idle within so many ms. */
  async idleWithin(ms: number): Promise<boolean> {
    const idle = new Deferred<boolean>().withTimeout(ms, false);
    void this.idle.then(() => idle.resolve(true));
    return idle.promise;
  }

  /** Takes no further step. */
  close(): void {
    this.#isClosed = true;
  }

  async #run(): Promise<void> {
    // Batches of the same turn of the event loop then share a system call.
    await Promise.resolve();
    while (!this.#isClosed && this.#hasWork()) await this.#step();
    this.#running = undefined;
  }
}
