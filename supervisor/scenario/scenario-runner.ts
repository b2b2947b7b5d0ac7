import type { PlannedKill } from '../../shared/scenario-plan.ts';
import type { Fleet } from '../fleet.ts';
import { horizonAt, type LiveScenario } from './live-scenario.ts';

/** How often is looked whether more of a loop has to be planned, in ms. */
const LOOK_AHEAD_INTERVAL_MS = 60_000;

/** What a scenario needs while it is played, beside what is part of the world from the start: kills, and further rounds. */
export class ScenarioRunner {
  readonly #scenario: LiveScenario;
  readonly #fleet: Pick<Fleet, 'sharedWorld'>;
  readonly #kill: (service: string) => void;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #from: number;
  #plannedUntil: number;

  /**
   * @param kills planned at the start
   * @param kill kills the process of a service
   */
  constructor(
    scenario: LiveScenario,
    fleet: Pick<Fleet, 'sharedWorld'>,
    kills: readonly PlannedKill[],
    kill: (service: string) => void,
  ) {
    this.#scenario = scenario;
    this.#fleet = fleet;
    this.#kill = kill;
    const { timeline } = fleet.sharedWorld.recorded;
    this.#from = timeline[0].at;
    this.#plannedUntil = horizonAt(fleet.sharedWorld.now);
    this.#schedule(kills);
    this.#timers.add(setInterval(() => this.#planMore(), LOOK_AHEAD_INTERVAL_MS));
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #planMore(): void {
    const { sharedWorld } = this.#fleet;
    const until = horizonAt(sharedWorld.now);
    if (until <= this.#plannedUntil) return;
    this.#plannedUntil = until;
    const plan = this.#scenario.plan(this.#from, sharedWorld.now, until);
    this.#schedule(plan.kills);
    if (plan.incidents.length > 0 || plan.surges.length > 0) void sharedWorld.plan(plan);
  }

  #schedule(kills: readonly PlannedKill[]): void {
    for (const { at, service } of kills) {
      const timer = setTimeout(
        () => {
          this.#timers.delete(timer);
          this.#kill(service);
        },
        Math.max(0, at - this.#fleet.sharedWorld.now),
      );
      this.#timers.add(timer);
    }
  }
}
