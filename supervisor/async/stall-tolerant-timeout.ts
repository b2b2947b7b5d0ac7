import { performance } from 'node:perf_hooks';
import { AfterPollTimer } from '../../shared/after-poll-timer.ts';

/** A timer that comes so much too late, in ms, tells that this process stood still. */
const STALL_THRESHOLD_MS = 100;

/** How long it then has to hear of what happened meanwhile, in ms. */
const GRACE_MS = 250;

/**
 * Calls back after so many ms, but not before what had arrived by then has been read: when a process was stopped and goes
 * on, its timers come first, and would call late what has long been in its pipes.
 */
export class StallTolerantTimeout {
  readonly #callback: () => void;
  readonly #timer = new AfterPollTimer();

  constructor(ms: number, act: () => void) {
    this.#callback = act;
    this.#schedule(ms, true);
  }

  cancel(): void {
    this.#timer.cancel();
  }

  /** @param mayWait an end follows its causes by several turns of the event loop; but no deadline waits twice */
  #schedule(ms: number, mayWait: boolean): void {
    const due = performance.now() + ms;
    this.#timer.schedule(ms, () => {
      if (mayWait && performance.now() - due > STALL_THRESHOLD_MS) this.#schedule(GRACE_MS, false);
      else this.#callback();
    });
  }
}
