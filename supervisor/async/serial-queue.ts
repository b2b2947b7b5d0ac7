import { Awaited } from './deferred.ts';

/** What came of a task: it is done, it was not begun because its turn did not come in time, or it is not done yet. */
export type Outcome<Value> =
  | { readonly is: 'done'; readonly value: Value }
  | { readonly is: 'not-begun' }
  | { readonly is: 'unfinished' };

export interface Deadlines {
  /** How long a task may wait for its turn, in ms. */
  readonly beginWithin: number;
  /** How long until its outcome is told, whatever it is, in ms; counted from the beginning of the wait too. */
  readonly answerWithin: number;
}

/** Tasks one after the other, in the order in which they come. Whoever asks is told in time, however many wait. */
export class OneAtATime {
  readonly #deadlines: Deadlines;
  #last: Promise<unknown> = Promise.resolve();

  constructor(deadlines: Deadlines) {
    this.#deadlines = deadlines;
  }

  /** A task that is not begun never will be; one that is unfinished goes on, and the next waits for its end. */
  async run<Value>(task: () => Promise<Value>): Promise<Outcome<Value>> {
    const { beginWithin, answerWithin } = this.#deadlines;
    const turn = new Awaited<boolean>().orAfter(beginWithin, false);
    const late = new Awaited<Outcome<Value>>().orAfter(answerWithin, { is: 'unfinished' });
    const before = this.#last;
    void before.then(() => turn.settle(true));
    const done = turn.value.then(async (isOurs): Promise<Outcome<Value>> => {
      return isOurs ? { is: 'done', value: await task() } : { is: 'not-begun' };
    });
    // Of what came of it nothing is kept: the chain has no end.
    this.#last = Promise.allSettled([before, done]).then(() => {});
    try {
      return await Promise.race([done, late.value]);
    } finally {
      late.settle({ is: 'unfinished' });
    }
  }
}
