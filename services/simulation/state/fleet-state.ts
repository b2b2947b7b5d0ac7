import type { Incident } from '../../../shared/incident.ts';
import type { Catalog } from '../catalog.ts';
import type { CompiledEntry } from '../timeline-index.ts';
import { ServiceState } from './service-state.ts';

/** The states of all services, in the order of the catalog. */
export type States = readonly ServiceState[];

/** How many plans are kept: that in force, and those before and after it. */
const MAX_KEPT = 4;

interface Plan {
  readonly incidents: readonly Incident[];
  /** With the faults of each service, whatever its ratio … */
  readonly planned: States;
  /** … and without them, by service; made when first needed. */
  readonly calm: (ServiceState | undefined)[];
  /** Of the fleet, by which of its services are calm. */
  readonly mixed: Map<string, States>;
}

/** The states of all services under one seed, as far as operators decide them. */
export class FleetState {
  readonly #services: Catalog['services'];
  readonly #seed: number;
  /** The last used one first. */
  #plans: readonly Plan[] = [];
  #lastEntry: CompiledEntry | undefined;
  #lastStates: States = [];

  /** @param seed whole number, 0 to 4294967295 */
  constructor({ services }: Pick<Catalog, 'services'>, seed: number) {
    this.#services = services;
    this.#seed = seed;
  }

  /** The states with what incidents have planned: they decide how long things take. */
  planned({ incidents }: CompiledEntry): States {
    return this.#planOf(incidents).planned;
  }

  /** The states that lines tell: a service without bad lines has no fault. */
  under(entry: CompiledEntry): States {
    if (entry === this.#lastEntry) return this.#lastStates;
    this.#lastEntry = entry;
    this.#lastStates = this.#find(entry);
    return this.#lastStates;
  }

  #find({ incidents, ratios }: CompiledEntry): States {
    const plan = this.#planOf(incidents);
    if (!ratios.includes(0)) return plan.planned;
    const key = ratios.map((ratio) => (ratio === 0 ? 'c' : '-')).join('');
    const known = plan.mixed.get(key);
    if (known) return known;
    const states = plan.planned.map((state, index) => (ratios[index] === 0 ? this.#calm(plan, index) : state));
    plan.mixed.set(key, states);
    return states;
  }

  #planOf(incidents: readonly Incident[]): Plan {
    const known = this.#plans.find((plan) => plan.incidents === incidents);
    if (known && known === this.#plans[0]) return known;
    const planned = () => this.#services.map((_, index) => this.#make(incidents, index, false));
    const plan = known ?? { incidents, planned: planned(), calm: [], mixed: new Map<string, States>() };
    this.#plans = [plan, ...this.#plans.filter((other) => other !== plan)].slice(0, MAX_KEPT);
    return plan;
  }

  #calm({ incidents, calm }: Plan, index: number): ServiceState {
    const state = calm[index] ?? this.#make(incidents, index, true);
    calm[index] = state;
    return state;
  }

  #make(incidents: readonly Incident[], index: number, isCalm: boolean): ServiceState {
    const { name, state } = this.#services[index] as Catalog['services'][number];
    const faults = incidents.flatMap((incident) => incident.faults).filter(({ service }) => service === name);
    const deploys = incidents.flatMap((incident) => incident.deploys).filter(({ service }) => service === name);
    return new ServiceState(name, state, this.#seed, { faults, deploys, isCalm });
  }
}
