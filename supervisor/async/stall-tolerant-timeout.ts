import { performance } from 'node:perf_hooks';
import { AfterPollTimer } from '../../shared/after-poll-timer.ts';
import { SUPERVISOR_STALL_GRACE_MS, SUPERVISOR_STALL_THRESHOLD_MS } from '../../shared/timing.ts';

/**
 * A timeout that takes effect only after everything that arrived in time has been read. When a stopped process resumes,
 * its timers fire first: a plain timeout would report as late what has long been waiting in a pipe.
 */
export class StallTolerantTimeout {
  readonly #callback: () => void;
  readonly #timer = new AfterPollTimer();

  /** Calls `callback` once, `ms` from now or a little later. */
  constructor(ms: number, callback: () => void) {
    this.#callback = callback;
    this.#schedule(ms, true);
  }

  cancel(): void {
    this.#timer.cancel();
  }

  /** @param mayExtend an exit is reported several turns of the event loop after its cause; one extension is enough */
  #schedule(ms: number, mayExtend: boolean): void {
    const due = performance.now() + ms;
    this.#timer.schedule(ms, () => {
      const hasStalled = performance.now() - due > SUPERVISOR_STALL_THRESHOLD_MS;
      if (mayExtend && hasStalled) this.#schedule(SUPERVISOR_STALL_GRACE_MS, false);
      else this.#callback();
    });
  }
}
