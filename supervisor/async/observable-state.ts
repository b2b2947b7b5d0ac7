import { Deferred } from './deferred.ts';

interface Waiter<State> {
  readonly matches: (state: State) => boolean;
  readonly reached: Deferred<boolean>;
}

/** A state that others can wait for. */
export class ObservableState<State> {
  #current: State;
  readonly #waiters = new Set<Waiter<State>>();

  constructor(initial: State) {
    this.#current = initial;
  }

  get current(): State {
    return this.#current;
  }

  set(state: State): void {
    this.#current = state;
    for (const { matches, reached } of this.#waiters) if (matches(state)) reached.resolve(true);
  }

  /** True once a state matches, even if the next one follows at once; false after `timeoutMs`. */
  async waitFor(matches: (state: State) => boolean, timeoutMs: number): Promise<boolean> {
    if (matches(this.#current)) return true;
    const waiter = { matches, reached: new Deferred<boolean>().withTimeout(timeoutMs, false) };
    this.#waiters.add(waiter);
    const hasReached = await waiter.reached.promise;
    this.#waiters.delete(waiter);
    return hasReached;
  }
}
