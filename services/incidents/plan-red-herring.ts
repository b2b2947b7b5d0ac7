import type { Incident, PlannedDeploy, PlannedFault, RatioRise, RedHerring } from '../../shared/incident.ts';
import type { RedHerringPlan } from './incident-type.ts';
import { MINUTE_MS } from './phases.ts';
import type { RisesOfShare } from './plan-rises.ts';

/** What of an incident a red herring adds. */
export interface PlannedRedHerring extends Pick<Incident, 'faults' | 'rises' | 'deploys'> {
  readonly herring: RedHerring;
}

/**
 * @param at when the incident begins, in ms since the epoch
 * @param earliest it begins then at the earliest
 */
export function planRedHerring(
  { service, cause, atMinute, minutes, share = 0, why }: RedHerringPlan,
  at: number,
  earliest: number,
  risesOf: RisesOfShare,
): PlannedRedHerring {
  const from = Math.max(earliest, at + Math.round(atMinute * MINUTE_MS));
  const period = { service, from, to: from + Math.round(minutes * MINUTE_MS) };
  if (cause === undefined) {
    const deploys: PlannedDeploy[] = [period];
    return { herring: { ...period, what: `release of ${service}`, why }, deploys, faults: [], rises: [] };
  }
  const third = (period.to - from) / 3;
  const fault: PlannedFault = {
    ...period,
    cause,
    fullFrom: from + third,
    fullTo: period.to - third,
    isAnnounced: true,
  };
  const rises: RatioRise[] = [...risesOf(cause, share)].map(([name, ratio]) => ({
    service: name,
    points: [
      { at: from, ratio },
      { at: period.to, ratio },
    ],
  }));
  return { herring: { ...period, what: `${cause} of ${service}`, why }, deploys: [], faults: [fault], rises };
}
