import { Awaited } from './deferred.ts';

interface Watcher<State> {
  readonly states: readonly State[];
  readonly reached: Awaited<boolean>;
}

/** A state that others wait for. */
export class Transitions<State> {
  #state: State;
  readonly #watchers = new Set<Watcher<State>>();

  constructor(state: State) {
    this.#state = state;
  }

  moved(state: State): void {
    this.#state = state;
    for (const { states, reached } of this.#watchers) if (states.includes(state)) reached.settle(true);
  }

  /** Waits until one of these is the state: true; false after `timeoutMs`. */
  async until(states: readonly State[], timeoutMs: number): Promise<boolean> {
    if (states.includes(this.#state)) return true;
    const watcher = { states, reached: new Awaited<boolean>().orAfter(timeoutMs, false) };
    this.#watchers.add(watcher);
    const reached = await watcher.reached.value;
    this.#watchers.delete(watcher);
    return reached;
  }
}
