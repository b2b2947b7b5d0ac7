import type { ScenarioPlan } from '../../shared/scenario-plan.ts';

/** A scenario that is played while the services run. All instants in ms since the epoch. */
export interface LiveScenario {
  /**
   * Plans what begins before `until` and was not planned by a call before this one.
   * @param from when the scenario begins, the same in each call
   * @param now who was to be killed before is not, but is down for a moment
   */
  plan(from: number, now: number, until: number): ScenarioPlan;
}

const DAY_MS = 86_400_000;

/**
 * Up to when a scenario is planned at an instant: at least a whole day ahead, since what comes by the clock has pages of a
 * day, and all of a page is decided together.
 */
export function horizonAt(now: number): number {
  return (Math.floor(now / DAY_MS) + 2) * DAY_MS;
}
