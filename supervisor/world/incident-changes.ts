/** What incidents change in the timeline: pure functions of its entries. All times in ms of the world's time. */

import { endIncident } from '../../shared/end-incident.ts';
import { type Incident, movedServices } from '../../shared/incident.ts';
import { isSetSince } from '../../shared/ratios-in-effect.ts';
import type { TimelineEntry } from '../../shared/world.ts';

/** How long an incident that is over stays in new entries. */
const KEPT_MS = 3_600_000;

/** What incidents decide in an entry. */
type Incidents = Pick<TimelineEntry, 'incidents'>;

/** When the last of everything that is planned for an incident ends. */
function endOf({ to, faults, deploys, outages, redHerrings }: Incident): number {
  return Math.max(to, ...[faults, deploys, outages, redHerrings].flatMap((all) => all.map((planned) => planned.to)));
}

/** The entry without incidents that were over an hour before it. When none is left, it is as if there had been none. */
export function withoutOldIncidents(entry: TimelineEntry): TimelineEntry {
  const { incidents, ratiosSetAt, ...rest } = entry;
  if (!incidents) return entry;
  const kept = incidents.filter((incident) => endOf(incident) + KEPT_MS > entry.at);
  return kept.length === 0 ? rest : { ...entry, incidents: kept };
}

/** When ratios that are set in this entry were set: only that of a time with incidents matters. */
export function ratiosSetIn(
  { at, incidents = [], ratiosSetAt = {} }: TimelineEntry,
  services: readonly string[],
): Pick<TimelineEntry, 'ratiosSetAt'> {
  if (incidents.length === 0) return {};
  return { ratiosSetAt: { ...ratiosSetAt, ...Object.fromEntries(services.map((name) => [name, at])) } };
}

/** With one incident more. */
export function withIncident({ incidents = [] }: Incidents, incident: Incident): Incidents {
  return { incidents: [...incidents, incident] };
}

/** With one incident whose recovery begins in this entry, or that is over with it. */
export function withIncidentEnded({ at, incidents = [] }: TimelineEntry, id: string, isAtOnce: boolean): Incidents {
  return { incidents: incidents.map((one) => (one.id === id ? endIncident(one, at, isAtOnce) : one)) };
}

/** A service whose ratio an incident moves otherwise from an instant on. */
export interface RatioMove {
  /** Short name. */
  readonly service: string;
  readonly at: number;
}

/**
 * The ratios that a phase of an incident began or ceased to move after `after` and not after `until`, in order of time.
 * What moves within a phase is not among them.
 */
export function ratioMoves(
  entry: Pick<TimelineEntry, 'incidents' | 'ratiosSetAt'>,
  after: number,
  until: number,
): readonly RatioMove[] {
  const { incidents = [] } = entry;
  const moves = incidents.flatMap((incident) => {
    const moved = movedServices(incident).filter((service) => !isSetSince(entry, service, incident));
    const instants = [...incident.phases.map(({ from }) => from), incident.to].filter(
      (at) => at > after && at <= until,
    );
    return instants.flatMap((at) => moved.map((service) => ({ service, at })));
  });
  return moves.toSorted((one, other) => one.at - other.at);
}
