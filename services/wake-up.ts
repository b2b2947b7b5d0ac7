/** Later than this, in ms, is too late. The supervisor waits longer for `held`. */
const OVERSLEPT_MS = 250;

/**
 * Calls back at an instant, and then only after every message that had arrived by then has been read: timers come before
 * them in Node's event loop, immediates after them. https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick
 */
export class WakeUp {
  readonly #act: () => void;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #at = Number.POSITIVE_INFINITY;

  constructor(act: () => void) {
    this.#act = act;
  }

  /**
   * Instead of any call planned before.
   * @param now when the clock was read last, in ms since the Unix epoch: the process may have stood still since
   */
  planIn(ms: number, now: number): void {
    this.cancel();
    this.#at = now + ms;
    this.#timer = setTimeout(() => {
      this.#immediate = setImmediate(this.#act);
    }, ms);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
  }

  /**
   * Whether the process has stood still, so that much may have been sent that is not in its pipe yet. If not, then at the
   * time of the call it has read everything that was sent until 250 ms before `now`.
   */
  isLate(now: number): boolean {
    return now - this.#at > OVERSLEPT_MS;
  }
}
