import type { Incident, Period, Phase, PlannedDeploy, PlannedFault, RatioRise } from './incident.ts';
import { riseAt } from './ratios-in-effect.ts';

/** How long an incident without a recovery takes to be gone, in ms: its gauges fall meanwhile. */
export const LEAST_RECOVERY_MS = 20_000;

/**
 * The incident when its recovery begins at an instant: nothing changes about what was before it. One that is recovering, or
 * over, stays as it is, and of one in its precursor nothing more comes.
 * @param at in ms since the epoch
 * @param isAtOnce ratios are back at that instant, without a recovery
 */
export function endIncident(incident: Incident, at: number, isAtOnce: boolean): Incident {
  const recovery = incident.phases.find(({ name }) => name === 'recovery');
  const faultTo = recovery?.from ?? incident.to;
  if (at >= incident.to || (at >= faultTo && !isAtOnce)) return incident;
  const hasFailed = incident.phases.some(({ name, from }) => name !== 'precursor' && from < at);
  const recoveryMs = isAtOnce || !hasFailed || !recovery ? 0 : recovery.to - recovery.from;
  const to = at + recoveryMs;
  return {
    ...incident,
    to,
    phases: [
      ...incident.phases
        .filter(({ from }) => from < at)
        .map((phase): Phase => ({ ...phase, to: Math.min(phase.to, at) })),
      ...(recoveryMs > 0 ? [{ name: 'recovery', from: at, to } as const] : []),
    ],
    faults: begunBy(incident.faults, at).map((fault) => endFault(fault, at, Math.max(to, at + LEAST_RECOVERY_MS))),
    rises: incident.rises.map((rise) => endRise(rise, at, recoveryMs)),
    deploys: incident.deploys.flatMap((deploy) => endDeploy(deploy, at, hasFailed)),
    ratios: begunBy(incident.ratios, at).map((planned) => ({ ...planned, to: Math.min(planned.to, at) })),
    outages: begunBy(incident.outages, at).map((outage) => ({ ...outage, to: Math.min(outage.to, at) })),
    redHerrings: begunBy(incident.redHerrings, at).map((herring) => ({ ...herring, to: Math.min(herring.to, to) })),
  };
}

function begunBy<Planned extends Period>(all: readonly Planned[], at: number): readonly Planned[] {
  return all.filter(({ from }) => from < at);
}

/** One that has not begun is made at once if it mends something, and is dropped otherwise. */
function endDeploy(deploy: PlannedDeploy, at: number, hasFailed: boolean): readonly PlannedDeploy[] {
  if (deploy.from < at) return [deploy];
  return deploy.isRemedy && hasFailed ? [{ ...deploy, from: at, to: at + deploy.to - deploy.from }] : [];
}

function endFault(fault: PlannedFault, at: number, to: number): PlannedFault {
  if (fault.to <= at) return fault;
  // A gauge that is still rising turns there.
  return { ...fault, fullTo: Math.min(fault.fullTo, at), to: Math.min(fault.to, to) };
}

/** What it was until then, and down to nothing in a recovery. */
function endRise({ service, points }: RatioRise, at: number, recoveryMs: number): RatioRise {
  const before = points.filter((point) => point.at < at);
  if (before.length === 0) return { service, points: [] };
  const last = { at, ratio: riseAt({ service, points }, at) };
  return { service, points: [...before, last, ...(recoveryMs > 0 ? [{ at: at + recoveryMs, ratio: 0 }] : [])] };
}
