import type { ScenarioPlan } from '../../shared/scenario-plan.ts';
import { planScenario } from './plan-scenario.ts';
import type { Scenario } from './scenario.ts';
import type { ScenarioContext } from './scenario-context.ts';
import { outageOf } from './scenario-world.ts';

/** Plans a scenario round by round, as time goes on. */
export class RoundsOfScenario {
  readonly #scenario: Scenario;
  readonly #context: ScenarioContext;
  readonly #seed: number;
  #nextRound = 0;

  /** @param seed of the world */
  constructor(scenario: Scenario, context: ScenarioContext, seed: number) {
    this.#scenario = scenario;
    this.#context = context;
    this.#seed = seed;
  }

  /**
   * Plans the rounds that begin before `until` and were not planned before.
   * @param from when the scenario begins, the same in each call; instants in ms since the epoch
   * @param now who was to be killed before is down for a moment instead
   */
  plan(from: number, now: number, until: number): ScenarioPlan {
    const { isLoop, lastsMs } = this.#scenario;
    const firstRound = this.#nextRound;
    if (!isLoop && firstRound > 0) return { incidents: [], surges: [], kills: [] };
    this.#nextRound = isLoop ? Math.max(firstRound, Math.ceil((until - from) / lastsMs)) : 1;
    const plan = planScenario(this.#scenario, this.#context, this.#seed, { from, until, firstRound });
    const past = plan.kills.filter(({ at }) => at < now).map(outageOf);
    return { ...plan, incidents: [...plan.incidents, ...past], kills: plan.kills.filter(({ at }) => at >= now) };
  }
}
