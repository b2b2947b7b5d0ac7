import type { IncidentStatus } from '../../../../shared/incident-api.ts';

export function isGoingOn({ state }: Pick<IncidentStatus, 'state'>): boolean {
  return state !== 'planned' && state !== 'over';
}

/** Those that are going on, the latest first; then those that are planned, the next first; then those that are over. */
export function inOrderOfInterest(incidents: readonly IncidentStatus[]): readonly IncidentStatus[] {
  const rank = (incident: IncidentStatus) => (isGoingOn(incident) ? 0 : incident.state === 'planned' ? 1 : 2);
  return [...incidents].sort(
    (a, b) => rank(a) - rank(b) || (a.state === 'planned' ? a.from - b.from : b.from - a.from),
  );
}
