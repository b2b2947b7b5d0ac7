import { UserError } from '../../shared/errors.ts';
import type { Incident } from '../../shared/incident.ts';
import type { IncidentRequest, IncidentTypeInfo } from '../../shared/incident-api.ts';
import type { ServiceDefinition } from '../definition/definition.ts';
import { loadCatalog } from '../load-catalog.ts';
import type { Catalog } from '../simulation/catalog.ts';
import { describeType } from './describe-type.ts';
import { findType } from './find-type.ts';
import type { IncidentType } from './incident-type.ts';
import { incidentTypes } from './index.ts';
import { type IncidentOptions, instancesOf, resolveIncident } from './resolve-incident.ts';

/** A valid request, with the id that the incident gets. */
type Order = IncidentRequest & Pick<Incident, 'id' | 'startedBy'>;

/** The incident types of a fleet, with its services. */
export class IncidentTypes {
  readonly #catalog: Catalog;
  readonly #types: readonly IncidentType[];
  readonly #seed: number;

  /**
   * @param own valid types of the user's own
   * @param seed of the world
   */
  constructor(catalog: Catalog, own: readonly IncidentType[], seed: number) {
    this.#catalog = catalog;
    this.#types = [...incidentTypes, ...own];
    this.#seed = seed;
  }

  list(): readonly IncidentTypeInfo[] {
    return this.#types.map((type) => describeType(type, this.#catalog, this.#seed));
  }

  /**
   * Decides everything about an incident but when it begins.
   * @returns what decides that too: nothing that is planned begins before the instant, in ms since the epoch
   * @throws {UserError} `unknown-incident-type`, `unknown-target`
   */
  plan({ type: name, id, startedBy, target, for: faultMs, severity, ...flags }: Order): (at: number) => Incident {
    const type = findType(name, this.#types);
    if (target !== undefined) this.#checkTarget(type, target);
    const { atOnce, announced, redHerrings } = flags;
    const options: Omit<IncidentOptions, 'at' | 'earliest'> = {
      id,
      startedBy,
      ...(target !== undefined && { target }),
      ...(faultMs !== undefined && { faultMs }),
      ...(severity !== undefined && { severity }),
      ...(atOnce !== undefined && { isAtOnce: atOnce }),
      ...(announced !== undefined && { isAnnounced: announced }),
      ...(redHerrings !== undefined && { hasRedHerrings: redHerrings }),
    };
    const plan = (at: number) => resolveIncident(type, this.#catalog, this.#seed, { ...options, at, earliest: at });
    // The next time takes 2 ms, while all services wait for it; the first time takes ten times as long.
    plan(0);
    return plan;
  }

  #checkTarget(type: IncidentType, target: string): void {
    const targets = instancesOf(type, this.#catalog);
    if (targets.includes(target)) return;
    const hint = targets.length === 0 ? 'it has none to choose from, leave it out' : `use ${targets.join(', ')}`;
    throw new UserError('unknown-target', `target ${JSON.stringify(target)}: no such target of ${type.name}; ${hint}`);
  }
}

/**
 * Loads the incident types for a fleet.
 * @param services definitions of the user's own services
 * @param own valid types of the user's own
 * @param seed of the world
 */
export async function loadIncidentTypes(
  services: readonly ServiceDefinition[],
  own: readonly IncidentType[],
  seed: number,
): Promise<IncidentTypes> {
  return new IncidentTypes(await loadCatalog(services), own, seed);
}
