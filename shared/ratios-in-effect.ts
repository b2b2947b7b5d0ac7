/** What incidents make of the ratios that were set. */

import { type Incident, isIn, type Period, type PlannedRatio, type RatioRise } from './incident.ts';
import type { TimelineEntry } from './world.ts';

/** While a ratio changes steadily it does so in steps of this length, in ms. */
const STEP_MS = 10_000;

/** The settings of a timeline entry that decide the ratio of a service. */
type Settings = Pick<TimelineEntry, 'ratios' | 'ratiosSetAt' | 'incidents'>;

/**
 * The ratio of a service in effect at an instant: bad lines in ten, in hundredths. What was set says which share of the
 * lines is bad that no incident reaches; one that was set while an incident was going on is in effect as it is until that
 * is over.
 */
export function ratioInEffect(settings: Settings, service: string, at: number): number {
  const { incidents = [] } = settings;
  const base = baseRatio(settings, service, at);
  let spared = 1;
  for (const incident of incidents) {
    if (isSetSince(settings, service, incident)) continue;
    for (const rise of incident.rises) if (rise.service === service) spared *= 1 - riseAt(rise, at) / 10;
  }
  return spared === 1 ? base : Math.round(1000 - (1000 - base * 100) * spared) / 100;
}

/** The ratio of a service at an instant as it was set, by hand or as a step of a plan, whichever was later. */
export function baseRatio(settings: Settings, service: string, at: number): number {
  const planned = plannedRatioAt(settings.incidents ?? [], service, at);
  return planned && !isSetSince(settings, service, planned) ? planned.ratio : (settings.ratios[service] as number);
}

/** Whether the ratio of a service was set by hand since an incident, or a part of one, began: then that does not move it. */
export function isSetSince(
  { ratiosSetAt = {} }: Pick<Settings, 'ratiosSetAt'>,
  service: string,
  { from }: Pick<Period, 'from'>,
): boolean {
  return (ratiosSetAt[service] ?? Number.NEGATIVE_INFINITY) > from;
}

/** The instants at which an incident changes any ratio or puts a service down or up, in no order. */
export function* changesOf({
  rises,
  ratios,
  outages,
}: Pick<Incident, 'rises' | 'ratios' | 'outages'>): Generator<number> {
  for (const { from, to } of [...outages, ...ratios]) yield* [from, to];
  for (const { points } of rises) {
    for (const [index, { at, ratio }] of points.entries()) {
      yield at;
      const next = points[index + 1];
      if (!next || next.ratio === ratio) continue;
      for (let step = at + STEP_MS; step < next.at; step += STEP_MS) yield step;
    }
  }
}

/** The one that began last. */
function plannedRatioAt(incidents: readonly Incident[], service: string, at: number): PlannedRatio | undefined {
  let last: PlannedRatio | undefined;
  for (const { ratios } of incidents) {
    for (const planned of ratios) {
      if (planned.service === service && isIn(planned, at) && planned.from >= (last?.from ?? 0)) last = planned;
    }
  }
  return last;
}

/** The rise at an instant, of the step that it is in; bad lines in ten. */
export function riseAt({ points }: RatioRise, time: number): number {
  const index = points.findLastIndex(({ at }) => at <= time);
  const point = points[index];
  const next = points[index + 1];
  if (!point || !next) return 0;
  const into = Math.floor((time - point.at) / STEP_MS) * STEP_MS;
  return point.ratio + ((next.ratio - point.ratio) * into) / (next.at - point.at);
}
