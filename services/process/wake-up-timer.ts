import { PatientTimer } from '../../shared/after-poll-timer.ts';

/** Later than this, in ms, is too late. The supervisor waits longer for `held`. */
const OVERSLEPT_MS = 250;

/** Calls back at an instant, and then only after every message that had arrived by then has been read. */
export class WakeUp {
  readonly #act: () => void;
  readonly #timer = new PatientTimer();
  #at = Number.POSITIVE_INFINITY;

  constructor(act: () => void) {
    this.#act = act;
  }

  /**
   * Instead of any call planned before.
   * @param now when the clock was read last, in ms since the Unix epoch: the process may have stood still since
   */
  planIn(ms: number, now: number): void {
    this.#at = now + ms;
    this.#timer.plan(ms, this.#act);
  }

  cancel(): void {
    this.#timer.cancel();
  }

  /**
   * Whether the process has stood still, so that much may have been sent that is not in its pipe yet. If not, then at the
   * time of the call it has read everything that was sent until 250 ms before `now`.
   */
  isLate(now: number): boolean {
    return now - this.#at > OVERSLEPT_MS;
  }
}
