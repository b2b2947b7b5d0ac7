/**
 * A timer that calls back only after every message has been read that had arrived when it ran out: timers come before
 * messages in Node's event loop, immediates after them.
 * https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick
 */
export class AfterPollTimer {
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;

  /** Instead of any call planned before. */
  schedule(ms: number, act: () => void): void {
    this.cancel();
    this.#timer = setTimeout(() => {
      this.#immediate = setImmediate(act);
    }, ms);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
  }
}
