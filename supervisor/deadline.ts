import { performance } from 'node:perf_hooks';

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
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;

  constructor(ms: number, act: () => void) {
    this.#act = act;
    this.#plan(ms, true);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
  }

  /** @param mayWait an end follows its causes by several turns of the event loop; but no deadline waits twice */
  #plan(ms: number, mayWait: boolean): void {
    const due = performance.now() + ms;
    this.#timer = setTimeout(() => {
      if (mayWait && performance.now() - due > STANDSTILL) this.#plan(GRACE, false);
      else this.#immediate = setImmediate(this.#act);
    }, ms);
  }
}
