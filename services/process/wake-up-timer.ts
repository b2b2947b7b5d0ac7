import { AfterPollTimer } from '../../shared/after-poll-timer.ts';
import { SERVICE_STALL_THRESHOLD_MS } from '../../shared/timing.ts';

/** Wakes up at an instant, and then only after every message that had arrived by then has been read. */
export class WakeUpTimer {
  readonly #onWakeUp: () => void;
  readonly #timer = new AfterPollTimer();
  #at = Number.POSITIVE_INFINITY;

  constructor(onWakeUp: () => void) {
    this.#onWakeUp = onWakeUp;
  }

  /**
   * Replaces any wake-up scheduled before.
   * @param now when the clock was last read, in ms since the Unix epoch: the process may have stalled since
   */
  scheduleIn(ms: number, now: number): void {
    this.#at = now + ms;
    this.#timer.schedule(ms, this.#onWakeUp);
  }

  cancel(): void {
    this.#timer.cancel();
  }

  /**
   * Whether the process has stalled, so that much may have been sent that is not in its pipe yet. If not, then at the
   * time of the call it has read everything that was sent until 250 ms before `now`.
   */
  isLate(now: number): boolean {
    return now - this.#at > SERVICE_STALL_THRESHOLD_MS;
  }
}
