import { Deferred } from './deferred.ts';

/** The result of a task: done, never started because its turn did not come in time, or still running. */
export type Outcome<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'not-started' }
  | { readonly kind: 'unfinished' };

/** Both are counted from the call of `run`. */
export interface QueueTimeouts {
  /** How long a task may wait for its turn, in ms. */
  readonly startTimeoutMs: number;
  /** How long until its outcome is returned, whatever it is, in ms. */
  readonly answerTimeoutMs: number;
}

/** Runs tasks one after another, in the order in which they arrive. Every caller is answered in time, however many wait. */
export class SerialQueue {
  readonly #timeouts: QueueTimeouts;
  #last: Promise<unknown> = Promise.resolve();

  constructor(timeouts: QueueTimeouts) {
    this.#timeouts = timeouts;
  }

  /**
   * A task that was not started never will be; an unfinished one goes on, and the next waits for it.
   * @throws what the task throws
   */
  async run<Value>(task: () => Promise<Value>): Promise<Outcome<Value>> {
    const { startTimeoutMs, answerTimeoutMs } = this.#timeouts;
    const turn = new Deferred<boolean>().withTimeout(startTimeoutMs, false);
    const unfinished = new Deferred<Outcome<Value>>().withTimeout(answerTimeoutMs, { kind: 'unfinished' });
    const previous = this.#last;
    void previous.then(() => turn.resolve(true));
    const done = turn.promise.then(async (isInTime): Promise<Outcome<Value>> => {
      return isInTime ? { kind: 'done', value: await task() } : { kind: 'not-started' };
    });
    // Results are not kept: the chain has no end.
    this.#last = Promise.allSettled([previous, done]).then(() => {});
    try {
      return await Promise.race([done, unfinished.promise]);
    } finally {
      unfinished.resolve({ kind: 'unfinished' });
    }
  }
}
