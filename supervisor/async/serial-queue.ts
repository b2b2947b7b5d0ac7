import { Deferred } from './deferred.ts';

/** What came of a task: it is done, it was not begun because its turn did not come in time, or it is not done yet. */
export type Outcome<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'not-begun' }
  | { readonly kind: 'unfinished' };

export interface QueueTimeouts {
  /** How long a task may wait for its turn, in ms. */
  readonly startTimeoutMs: number;
  /** How long until its outcome is told, whatever it is, in ms; counted from the beginning of the wait too. */
  readonly answerTimeoutMs: number;
}

/** Tasks one after the other, in the order in which they come. Whoever asks is told in time, however many wait. */
export class SerialQueue {
  readonly #timeouts: QueueTimeouts;
  #last: Promise<unknown> = Promise.resolve();

  constructor(deadlines: QueueTimeouts) {
    this.#timeouts = deadlines;
  }

  /** A task that is not begun never will be; one that is unfinished goes on, and the next waits for its end. */
  async run<Value>(task: () => Promise<Value>): Promise<Outcome<Value>> {
    const { startTimeoutMs, answerTimeoutMs } = this.#timeouts;
    const turn = new Deferred<boolean>().withTimeout(startTimeoutMs, false);
    const late = new Deferred<Outcome<Value>>().withTimeout(answerTimeoutMs, { kind: 'unfinished' });
    const before = this.#last;
    void before.then(() => turn.resolve(true));
    const done = turn.promise.then(async (isOurs): Promise<Outcome<Value>> => {
      return isOurs ? { kind: 'done', value: await task() } : { kind: 'not-begun' };
    });
    // Of what came of it nothing is kept: the chain has no end.
    this.#last = Promise.allSettled([before, done]).then(() => {});
    try {
      return await Promise.race([done, late.promise]);
    } finally {
      late.resolve({ kind: 'unfinished' });
    }
  }
}
