import { LEAST_RECOVERY_MS } from '../../shared/end-incident.ts';
import type { Phase, PlannedDeploy, PlannedFault } from '../../shared/incident.ts';
import type { IncidentType } from './incident-type.ts';
import { faultPeriod } from './phases.ts';

/** How long a release takes to be rolled out, in ms. */
export const ROLLOUT_MS = 150_000;

/**
 * The faults of an incident's root service: that of its root from the onset to the end of the recovery, and before it what
 * precedes it.
 * @param target the instance that has them
 * @param isAnnounced whether the service says that the fault began and ended
 */
export function planFaults(
  { root, isOutage, phases: plans }: IncidentType,
  phases: readonly Phase[],
  target: string | undefined,
  isAnnounced: boolean,
): readonly PlannedFault[] {
  if (!root || isOutage) return [];
  const place = { service: root.service, ...(target !== undefined && { target }) };
  const precursor = phases.find(({ name }) => name === 'precursor');
  const recovery = phases.find(({ name }) => name === 'recovery');
  const { from, to } = faultPeriod(phases);
  const plateau = phases.find(({ name }) => name === 'plateau') as Phase;
  const main = { ...place, cause: root.cause, isAnnounced, fullFrom: plateau.from, fullTo: to };
  const end = recovery?.to ?? to + LEAST_RECOVERY_MS;
  const earlier = plans.precursor?.cause;
  if (!precursor || earlier === undefined) return [{ ...main, from: precursor?.from ?? from, to: end }];
  const before = { ...place, cause: earlier, isAnnounced: false, from: precursor.from, to: from };
  return [
    { ...before, fullFrom: (precursor.from + from) / 2, fullTo: from },
    { ...main, from, to: end },
  ];
}

/** The releases that bring the fault and take it away. */
export function planReleases(
  { root, isBroughtByRelease }: IncidentType,
  phases: readonly Phase[],
): readonly PlannedDeploy[] {
  if (!root || !isBroughtByRelease) return [];
  const { from, to } = faultPeriod(phases);
  return [
    { service: root.service, from, to: from + ROLLOUT_MS },
    { service: root.service, from: to, to: to + ROLLOUT_MS, isRemedy: true },
  ];
}
