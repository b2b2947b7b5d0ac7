/**
 * A timer that fires only after every message that arrived before its expiry has been read: in Node's event loop, timers
 * run before messages are read, and immediates after.
 * https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick
 */
export class AfterPollTimer {
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;

  /** Replaces a call scheduled before. */
  schedule(ms: number, callback: () => void): void {
    this.cancel();
    this.#timer = setTimeout(() => {
      this.#immediate = setImmediate(callback);
    }, ms);
  }

  /** Cancels the scheduled call, if any. */
  cancel(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
  }
}
