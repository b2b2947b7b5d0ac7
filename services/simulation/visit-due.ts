import type { LineSource } from './line-source.ts';
import type { PageWithVerdicts } from './page-verdicts.ts';
import type { Schedule } from './schedule.ts';

/** A line that is due. */
export interface DueLine {
  readonly source: LineSource;
  readonly page: PageWithVerdicts;
  readonly slot: number;
  /** In ms of the world's time. */
  readonly time: number;
  /** Its time stamp, in ms since the epoch, once it is known. */
  readonly stamp: number;
}

/**
 * Visits all lines due at `from` or later and before `to` (ms since the epoch) in the total order of time, source, page and
 * slot.
 * @param service index of a service, or `ALL`
 * @param visit is given the same object for each line; false ends the visit
 */
export function visitDue(
  sources: readonly LineSource[],
  service: number,
  from: number,
  to: number,
  visit: (line: { -readonly [Key in keyof DueLine]: DueLine[Key] }) => boolean,
): void {
  if (!(from < to)) return;
  const schedules = sources.map((source) => source.schedule(service));
  for (const schedule of schedules) {
    schedule.seek(from);
    schedule.next(to);
  }
  const line = {
    source: sources[0] as LineSource,
    page: undefined as unknown as PageWithVerdicts,
    slot: 0,
    time: 0,
    stamp: 0,
  };
  for (;;) {
    let first = 0;
    for (let i = 1; i < schedules.length; i++) if (timeIn(schedules, i) < timeIn(schedules, first)) first = i;
    const schedule = schedules[first] as Schedule<PageWithVerdicts>;
    if (schedule.time >= to) return;
    line.source = sources[first] as LineSource;
    // All of one source before the next line of another.
    let end = to;
    for (let i = 0; i < schedules.length; i++) if (i !== first) end = Math.min(end, timeIn(schedules, i));
    do {
      line.page = schedule.page as PageWithVerdicts;
      line.slot = schedule.slot;
      line.time = schedule.time;
      if (!visit(line)) return;
      schedule.next(to);
    } while (schedule.time < end);
  }
}

function timeIn(schedules: readonly Schedule<PageWithVerdicts>[], index: number): number {
  return (schedules[index] as Schedule<PageWithVerdicts>).time;
}
