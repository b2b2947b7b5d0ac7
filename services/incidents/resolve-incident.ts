import type { Incident } from '../../shared/incident.ts';
import type { Catalog, CompiledService } from '../simulation/catalog.ts';
import type { IncidentType } from './incident-type.ts';
import { faultPeriod, type PhaseOptions, phasesOf } from './phases.ts';
import { planFaults, planReleases } from './plan-faults.ts';
import { planRedHerring } from './plan-red-herring.ts';
import { planRises, type RisesOfShare } from './plan-rises.ts';
import { risesOf, risesOfOutage } from './reach.ts';

/** How an incident is started. */
export interface IncidentOptions extends PhaseOptions {
  readonly id: string;
  /** The instance that has the fault; by default the one that is used most. */
  readonly target?: string;
  /** 0.1 to 1, default 1: times the shares of its type. */
  readonly severity?: number;
  /** Whether the service says that the fault began and ended, which gives the root cause away; default true. */
  readonly isAnnounced?: boolean;
  /** Default: true. */
  readonly hasRedHerrings?: boolean;
  /** Nothing that is planned begins before this instant, in ms since the epoch; by default any time. */
  readonly earliest?: number;
  readonly startedBy: Incident['startedBy'];
}

/**
 * Decides everything about an incident.
 * @param type valid under that catalog
 * @param seed of the world
 */
export function resolveIncident(
  type: IncidentType,
  catalog: Catalog,
  seed: number,
  options: IncidentOptions,
): Incident {
  const { id, at, severity = 1, isAnnounced = true, hasRedHerrings = true, earliest = 0, startedBy } = options;
  const { title, root, isOutage = false, redHerrings = [] } = type;
  const phases = phasesOf(type, options);
  const target = options.target ?? instancesOf(type, catalog)[0];
  const service = isOutage ? target : root?.service;
  const risesIn = (name: string, instance?: string): RisesOfShare => {
    return (cause, share) => risesOf(catalog, placeOf(catalog, name, cause, instance), share, seed);
  };
  const ofOutage: RisesOfShare = (_cause, share) => {
    return share === 0 ? new Map() : risesOfOutage(catalog, indexOf(catalog, service as string));
  };
  const ofRoot = isOutage ? ofOutage : risesIn(service ?? '', target);
  const herrings = (hasRedHerrings ? redHerrings : []).map((plan) =>
    planRedHerring(plan, at, earliest, risesIn(plan.service)),
  );
  return {
    id,
    type: type.name,
    title: title.replaceAll('{target}', target ?? ''),
    ...(root && { root: { service: service as string, component: componentOf(type, target), fault: root.fault } }),
    severity,
    from: at,
    to: (phases.at(-1) as Incident['phases'][number]).to,
    phases,
    faults: [...planFaults(type, phases, target, isAnnounced), ...herrings.flatMap(({ faults }) => faults)],
    rises: [...planRises(type, phases, severity, ofRoot), ...herrings.flatMap(({ rises }) => rises)],
    ratios: [],
    deploys: [...planReleases(type, phases), ...herrings.flatMap(({ deploys }) => deploys)],
    outages: isOutage ? [{ service: service as string, ...faultPeriod(phases) }] : [],
    redHerrings: herrings.map(({ herring }) => herring),
    startedBy,
  };
}

/**
 * What an incident of a type can be aimed at, the most used first: the instances of which one has the fault, or the services
 * of which one is down. Nothing for a fault that has no such choice.
 */
export function instancesOf({ root, isOutage }: IncidentType, { services }: Catalog): readonly string[] {
  if (!root) return [];
  if (isOutage) return [root.service, ...services.map(({ name }) => name).filter((name) => name !== root.service)];
  const state = services.find(({ name }) => name === root.service)?.state;
  const target = state?.lasting.find(({ cause }) => cause === root.cause)?.target ?? -1;
  return state?.targets[target] ?? [];
}

function componentOf({ root, isOutage }: IncidentType, target: string | undefined): string {
  const { component = '' } = root ?? {};
  return isOutage || target === undefined ? component : `${component}:${target}`;
}

function placeOf(catalog: Catalog, name: string, cause: string, target: string | undefined) {
  const service = indexOf(catalog, name);
  const { lasting } = (catalog.services[service] as CompiledService).state;
  return { service, fault: lasting.findIndex((fault) => fault.cause === cause), target };
}

function indexOf({ services }: Catalog, name: string): number {
  return services.findIndex((service) => service.name === name);
}
