import { CALM_RATIO } from '../../shared/defaults.ts';
import type { IncidentStatus } from '../../shared/incident-api.ts';

/** A rise of the share of bad lines by less than this factor is lost in its own variation. */
const NOTICED_FACTOR = 1.5;

/** Whom an alert watches: the front door. */
const FRONT_DOOR = 'api';

/** A service whose ratio rises too little over what was set. */
export interface LostRise {
  /** Short name. */
  readonly service: string;
  readonly base: number;
  readonly highest: number;
  /** What helps: a lower ratio of all services, or a higher severity. */
  readonly remedy: 'calm' | 'severity';
}

/**
 * The services at which an alert will hardly notice the incident, of those that it should be seen at: its root and the
 * front door. One that it does not reach much, whatever the base, is not among them.
 */
export function lostRises({ root, severity, ratios, phases }: IncidentStatus): readonly LostRise[] {
  if (!root) return [];
  const watched = ratios.filter(({ service }) => service === root.service || service === FRONT_DOOR);
  return watched.flatMap(({ service, base }): readonly LostRise[] => {
    const highest = Math.max(...phases.flatMap((phase) => phase.ratios[service] ?? []));
    if (highest >= base * NOTICED_FACTOR) return [];
    if (overCalm(base, highest) >= CALM_RATIO * NOTICED_FACTOR) return [{ service, base, highest, remedy: 'calm' }];
    return severity < 1 ? [{ service, base, highest, remedy: 'severity' }] : [];
  });
}

/** What the ratio would rise to over the calm level: of the lines that are good without the incident, it hits as many. */
function overCalm(base: number, highest: number): number {
  const hit = base < 10 ? (highest - base) / (10 - base) : 1;
  return CALM_RATIO + hit * (10 - CALM_RATIO);
}
