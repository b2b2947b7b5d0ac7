import type { PageEvent } from './state/page-event.ts';
import { INITIAL_STATE, type PageState } from './state/page-state.ts';
import { reduce } from './state/reduce.ts';

/** Keeps the state and renders it once a frame at most, when it has changed. */
export class Store {
  state: PageState = INITIAL_STATE;
  #views: readonly ((state: PageState) => void)[] = [];
  #isScheduled = false;

  readonly dispatch = (event: PageEvent): void => {
    this.state = reduce(this.state, event);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    requestAnimationFrame(() => {
      this.#isScheduled = false;
      for (const render of this.#views) render(this.state);
    });
  };

  show(views: readonly ((state: PageState) => void)[]): void {
    this.#views = views;
    for (const render of views) render(this.state);
  }
}

/** A view that renders only when one of the parts of the state that it uses is another one. */
export function onChange(
  parts: (state: PageState) => readonly unknown[],
  render: (state: PageState) => void,
): (state: PageState) => void {
  let last: readonly unknown[] = [];
  return (state) => {
    const next = parts(state);
    if (next.length === last.length && next.every((part, index) => part === last[index])) return;
    last = next;
    render(state);
  };
}
