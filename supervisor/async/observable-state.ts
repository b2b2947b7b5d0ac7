import { Deferred } from './deferred.ts';

interface Watcher<State> {
  readonly states: readonly State[];
  readonly reached: Deferred<boolean>;
}

/** A state that others wait for. */
export class ObservableState<State> {
  #state: State;
  readonly #watchers = new Set<Watcher<State>>();

  constructor(state: State) {
    this.#state = state;
  }

  set(state: State): void {
    this.#state = state;
    for (const { states, reached } of this.#watchers) if (states.includes(state)) reached.resolve(true);
  }

  /** Waits until one of these is the state: true; false after `timeoutMs`. */
  async waitFor(states: readonly State[], timeoutMs: number): Promise<boolean> {
    if (states.includes(this.#state)) return true;
    const watcher = { states, reached: new Deferred<boolean>().withTimeout(timeoutMs, false) };
    this.#watchers.add(watcher);
    const reached = await watcher.reached.promise;
    this.#watchers.delete(watcher);
    return reached;
  }
}
