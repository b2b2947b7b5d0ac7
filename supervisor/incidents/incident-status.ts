import { type Incident, movedServices } from '../../shared/incident.ts';
import type { IncidentState, IncidentStatus } from '../../shared/incident-api.ts';
import { baseRatio, isSetSince, ratioInEffect } from '../../shared/ratios-in-effect.ts';
import type { TimelineEntry } from '../../shared/world.ts';

/** The instant at which an incident is looked at, in ms of the world's time, and what is in effect then. */
export interface Present {
  readonly now: number;
  readonly entry: TimelineEntry;
  /** The time stamp of an instant of the world's time, both in ms. */
  readonly toTimeStamp: (time: number) => number;
}

/** Where an incident is at an instant. */
export function stateOf({ from, to, phases }: Incident, now: number): IncidentState {
  if (now < from) return 'planned';
  return now >= to ? 'over' : (phases.findLast((phase) => phase.from <= now)?.name ?? 'going-on');
}

/** The incident as an operator sees it. */
export function statusOf(incident: Incident, { now, entry, toTimeStamp }: Present): IncidentStatus {
  const { id, type, title, root = null, severity, from, to, phases, redHerrings, startedBy } = incident;
  const services = movedServices(incident);
  const inEffect = (service: string, at: number) => ratioInEffect(entry, service, at);
  const stamped = <Period extends { from: number; to: number }>(period: Period) => {
    return { ...period, from: toTimeStamp(period.from), to: toTimeStamp(period.to) };
  };
  const state = stateOf(incident, now);
  const next = [from, ...phases.map((phase) => phase.from), to].find((at) => at > now);
  return {
    id,
    type,
    title,
    root,
    severity,
    state,
    nextChangeAt: next === undefined ? null : toTimeStamp(next),
    ...stamped({ from, to }),
    phases: phases.map((phase) => ({
      ...stamped(phase),
      ratios: Object.fromEntries(
        services.map((service) => [service, [inEffect(service, phase.from), inEffect(service, phase.to - 1)]]),
      ),
    })),
    ratios: services.map((service) => ({
      service,
      base: baseRatio(entry, service, now),
      inEffect: inEffect(service, now),
      isSetByHand: state !== 'over' && isSetSince(entry, service, incident),
    })),
    redHerrings: redHerrings.map(stamped),
    startedBy,
  };
}
