import type { Incident } from '../../../shared/incident.ts';
import type { Catalog } from '../catalog.ts';
import type { CompiledEntry } from '../timeline-index.ts';
import { ServiceState } from './service-state.ts';
import { shareOfSpells } from './spells.ts';
import type { TrafficLevel } from './traffic-level.ts';

/** The states of all services, in the order of the catalog. */
export type States = readonly ServiceState[];

/** How many plans are kept: that in force, and those before and after it. */
const MAX_KEPT = 4;

/** What is kept under one plan. */
interface Plan {
  readonly incidents: readonly Incident[];
  /** Of a service, by its index and what decides its faults. */
  readonly states: Map<string, ServiceState>;
  /** Of the fleet, by what decides the faults of each service. */
  readonly fleets: Map<string, States>;
}

/** What decides which faults a service has: the share of those that come by themselves, or that lines tell of none. */
type Level = number | 'calm';

/** The states of all services under one seed, as far as operators decide them. */
export class FleetState {
  readonly #services: Catalog['services'];
  readonly #seed: number;
  readonly #traffic: TrafficLevel;
  /** The last used one first. */
  #plans: readonly Plan[] = [];
  #lastEntry: CompiledEntry | undefined;
  #planned: States = [];
  #told: States = [];

  /**
   * @param seed whole number, 0 to 4294967295
   * @param traffic that gauges follow
   */
  constructor({ services }: Pick<Catalog, 'services'>, seed: number, traffic: TrafficLevel) {
    this.#services = services;
    this.#seed = seed;
    this.#traffic = traffic;
  }

  /** The states that decide how long things take: faults slow a service down whatever is told of them, at any ratio. */
  planned(entry: CompiledEntry): States {
    if (entry !== this.#lastEntry) this.#moveTo(entry);
    return this.#planned;
  }

  /** The states that lines tell: a service without bad lines has no fault. */
  under(entry: CompiledEntry): States {
    if (entry !== this.#lastEntry) this.#moveTo(entry);
    return this.#told;
  }

  #moveTo(entry: CompiledEntry): void {
    const { incidents, ratios, baseRatios } = entry;
    const plan = this.#planOf(incidents);
    const levels = baseRatios.map(shareOfSpells);
    this.#lastEntry = entry;
    this.#planned = this.#fleetOf(
      plan,
      levels.map(() => 1),
    );
    this.#told = this.#fleetOf(
      plan,
      levels.map((level, index) => (ratios[index] === 0 ? 'calm' : level)),
    );
  }

  #planOf(incidents: readonly Incident[]): Plan {
    const known = this.#plans.find((plan) => plan.incidents === incidents);
    if (known && known === this.#plans[0]) return known;
    const plan = known ?? { incidents, states: new Map<string, ServiceState>(), fleets: new Map<string, States>() };
    this.#plans = [plan, ...this.#plans.filter((other) => other !== plan)].slice(0, MAX_KEPT);
    return plan;
  }

  #fleetOf(plan: Plan, levels: readonly Level[]): States {
    const key = levels.join();
    const known = plan.fleets.get(key);
    if (known) return known;
    const states = levels.map((level, index) => this.#stateOf(plan, index, level));
    plan.fleets.set(key, states);
    return states;
  }

  #stateOf({ incidents, states }: Plan, index: number, level: Level): ServiceState {
    const key = `${index} ${level}`;
    const known = states.get(key);
    if (known) return known;
    const { name, state } = this.#services[index] as Catalog['services'][number];
    const faults = incidents.flatMap((incident) => incident.faults).filter(({ service }) => service === name);
    const deploys = incidents.flatMap((incident) => incident.deploys).filter(({ service }) => service === name);
    const own = level === 'calm' ? { isCalm: true } : { isCalm: false, share: level };
    const made = new ServiceState(name, state, this.#seed, { faults, deploys, ...own }, this.#traffic);
    states.set(key, made);
    return made;
  }
}
