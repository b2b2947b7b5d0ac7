import type { Incident } from '../../shared/incident.ts';
import { PHASE_NAMES } from '../../shared/incident.ts';
import type { IncidentTypeInfo, IncidentTypePhase } from '../../shared/incident-api.ts';
import { riseAt } from '../../shared/ratios-in-effect.ts';
import type { Catalog } from '../simulation/catalog.ts';
import type { IncidentType } from './incident-type.ts';
import { sharesOf } from './phases.ts';
import { instancesOf, resolveIncident } from './resolve-incident.ts';

/**
 * An incident type as an operator sees it.
 * @param seed of the world, on which its effect depends a little
 */
export function describeType(type: IncidentType, catalog: Catalog, seed: number): IncidentTypeInfo {
  const { name, title, shows, root, phases, redHerrings = [], difficulty } = type;
  const targets = instancesOf(type, catalog);
  return {
    name,
    title: title.replaceAll('{target}', targets[0] ?? ''),
    shows,
    root: root ? { service: root.service, component: root.component, fault: root.fault } : null,
    targets,
    phases: PHASE_NAMES.flatMap((phase): IncidentTypePhase[] => {
      const plan = phases[phase];
      return plan ? [{ name: phase, minutes: plan.minutes, share: root ? sharesOf(phase, phases) : [0, 0] }] : [];
    }),
    rises: risesAtPlateau(type, catalog, seed),
    redHerrings: redHerrings.map(({ service, cause, atMinute, minutes, why }) => {
      return { service, what: cause ?? 'release', atMinute, minutes, why };
    }),
    difficulty,
  };
}

/** In hundredths; without what red herrings add. */
function risesAtPlateau(type: IncidentType, catalog: Catalog, seed: number): Readonly<Record<string, number>> {
  const options = { id: type.name, at: 0, hasRedHerrings: false, startedBy: 'operator' } as const;
  const { phases, rises } = resolveIncident(type, catalog, seed, options);
  const { from } = phases.find(({ name }) => name === 'plateau') as Incident['phases'][number];
  const rounded = rises.map((rise) => [rise.service, Math.round(100 * riseAt(rise, from)) / 100] as const);
  return Object.fromEntries(rounded.filter(([, ratio]) => ratio > 0));
}
