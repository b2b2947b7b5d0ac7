import type { Incident } from '../../../shared/incident.ts';
import type { Catalog } from '../catalog.ts';
import { ServiceState } from './service-state.ts';

/** The states of all services under one seed and what incidents have planned, in the order of the catalog. */
export type States = readonly ServiceState[];

/** How many plans are kept: that in force, and those before and after it. */
const MAX_KEPT = 3;

/** The states of all services under one seed. */
export class FleetState {
  readonly #services: Catalog['services'];
  readonly #seed: number;
  /** The last used one first. */
  #kept: readonly { readonly incidents: readonly Incident[]; readonly states: States }[] = [];

  /** @param seed whole number, 0 to 4294967295 */
  constructor({ services }: Pick<Catalog, 'services'>, seed: number) {
    this.#services = services;
    this.#seed = seed;
  }

  /** @param incidents the same object for the same plan */
  under(incidents: readonly Incident[]): States {
    if (this.#kept[0]?.incidents === incidents) return this.#kept[0].states;
    const kept = this.#kept.find((candidate) => candidate.incidents === incidents);
    const used = kept ?? { incidents, states: this.#make(incidents) };
    this.#kept = [used, ...this.#kept.filter((other) => other !== used)].slice(0, MAX_KEPT);
    return used.states;
  }

  #make(incidents: readonly Incident[]): States {
    return this.#services.map(({ name, state }) => {
      const faults = incidents.flatMap((incident) => incident.faults).filter(({ service }) => service === name);
      const deploys = incidents.flatMap((incident) => incident.deploys).filter(({ service }) => service === name);
      return new ServiceState(name, state, this.#seed, { faults, deploys });
    });
  }
}
