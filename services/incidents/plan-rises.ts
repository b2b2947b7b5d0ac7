import type { Phase, RatioRise } from '../../shared/incident.ts';
import type { IncidentType, PhasePlan } from './incident-type.ts';
import { sharesOf } from './phases.ts';

/** Returns by how much the ratio of each service rises for a share of the lines that a cause can reach. */
export type RisesOfShare = (cause: string, share: number) => ReadonlyMap<string, number>;

/**
 * By how much ratios rise in the course of an incident.
 * @param severity times the shares of its type
 */
export function planRises(
  { root, phases: plans }: IncidentType,
  phases: readonly Phase[],
  severity: number,
  risesOf: RisesOfShare,
): readonly RatioRise[] {
  if (!root) return [];
  const points = phases.flatMap(({ name, from, to }) => {
    const { cause = root.cause } = plans[name] as PhasePlan;
    const [first, last] = sharesOf(name, plans);
    return [
      { at: from, rises: risesOf(cause, first * severity) },
      { at: to, rises: risesOf(cause, last * severity) },
    ];
  });
  const services = [...new Set(points.flatMap(({ rises }) => [...rises.keys()]))];
  return services.map((service) => ({
    service,
    points: points.map(({ at, rises }) => ({ at, ratio: rises.get(service) ?? 0 })),
  }));
}
