import { AfterPollTimer } from '../../shared/after-poll-timer.ts';
import { SERVICE_STALL_THRESHOLD_MS } from '../../shared/timing.ts';

/** Calls back at an instant, and then only after every message that had arrived by then has been read. */
export class WakeUpTimer {
  readonly #callback: () => void;
  readonly #timer = new AfterPollTimer();
  #at = Number.POSITIVE_INFINITY;

  constructor(act: () => void) {
    this.#callback = act;
  }

  /**
   * Instead of any call planned before.
   * @param now when the clock was read last, in ms since the Unix epoch: the process may have stood still since
   */
  scheduleIn(ms: number, now: number): void {
    this.#at = now + ms;
    this.#timer.schedule(ms, this.#callback);
  }

  cancel(): void {
    this.#timer.cancel();
  }

  /**
   * Whether the process has stood still, so that much may have been sent that is not in its pipe yet. If not, then at the
   * time of the call it has read everything that was sent until 250 ms before `now`.
   */
  isLate(now: number): boolean {
    return now - this.#at > SERVICE_STALL_THRESHOLD_MS;
  }
}
