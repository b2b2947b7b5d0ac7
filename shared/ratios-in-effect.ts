/** What incidents make of the ratios that were set. */

import type { Incident, RatioRise } from './incident.ts';
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
  const { ratios, incidents = [] } = settings;
  const base = ratios[service] as number;
  let spared = 1;
  for (const incident of incidents) {
    if (isSetSince(settings, service, incident)) continue;
    for (const rise of incident.rises) if (rise.service === service) spared *= 1 - riseAt(rise, at) / 10;
  }
  return spared === 1 ? base : Math.round(1000 - (1000 - base * 100) * spared) / 100;
}

/** Whether the ratio of a service was set since an incident began, which then does not move it. */
export function isSetSince(
  { ratiosSetAt = {} }: Pick<Settings, 'ratiosSetAt'>,
  service: string,
  { from }: Pick<Incident, 'from'>,
): boolean {
  return (ratiosSetAt[service] ?? Number.NEGATIVE_INFINITY) > from;
}

/** The instants at which an incident changes any ratio or puts a service down or up, in no order. */
export function* changesOf({ rises, outages }: Pick<Incident, 'rises' | 'outages'>): Generator<number> {
  for (const { from, to } of outages) yield* [from, to];
  for (const { points } of rises) {
    for (const [index, { at, ratio }] of points.entries()) {
      yield at;
      const next = points[index + 1];
      if (!next || next.ratio === ratio) continue;
      for (let step = at + STEP_MS; step < next.at; step += STEP_MS) yield step;
    }
  }
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
