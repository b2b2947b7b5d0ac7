import { performance } from 'node:perf_hooks';
import { PatientTimer } from '../../shared/after-poll-timer.ts';

/** A timer that comes so much too late, in ms, tells that this process stood still. */
const STANDSTILL = 100;

/** How long it then has to hear of what happened meanwhile, in ms. */
const GRACE = 250;

/**
 * Calls back after so many ms, but not before what had arrived by then has been read: when a process was stopped and goes
 * on, its timers come first, and would call late what has long been in its pipes.
 */
export class Deadline {
  readonly #act: () => void;
  readonly #timer = new PatientTimer();

  constructor(ms: number, act: () => void) {
    this.#act = act;
    this.#plan(ms, true);
  }

  cancel(): void {
    this.#timer.cancel();
  }

  /** @param mayWait an end follows its causes by several turns of the event loop; but no deadline waits twice */
  #plan(ms: number, mayWait: boolean): void {
    const due = performance.now() + ms;
    this.#timer.plan(ms, () => {
      if (mayWait && performance.now() - due > STANDSTILL) this.#plan(GRACE, false);
      else this.#act();
    });
  }
}
