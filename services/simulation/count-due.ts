/** How many lines an interval holds, without rendering or even ordering them. */

import type { CompiledJourney } from './catalog.ts';
import type { Pages } from './page.ts';
import type { Stage } from './page-template.ts';

/**
 * How many lines of these pages are due over all services at `from` or later and before `to` (ms since the epoch). The
 * cost does not depend on the length of the interval.
 */
export function countDue(pages: Pages, from: number, to: number): number {
  if (!(from < to)) return 0;
  const { template, durations } = pages;
  // A ms more in each direction: the start of a journey is rounded down.
  const first = Math.max(0, pages.pageAt(from - durations.maxMs - 1));
  const last = pages.pageAt(to + 1);
  // In the pages from `firstWhole` up to `endWhole`, every journey starts at `from` or later and ends before `to`.
  const firstWhole = pages.pageAt(from + 1) + 1;
  const endWhole = pages.pageAt(to - durations.maxMs - 1);
  let count = 0;
  for (let index = first; index <= last; index++) {
    if (index === firstWhole && endWhole > firstWhole) {
      count += (endWhole - firstWhole) * template.slots.length;
      index = endWhole;
    }
    count += countDueOfPage(pages, index, from, to);
  }
  return count;
}

function countDueOfPage(pages: Pages, index: number, from: number, to: number): number {
  const { journeys, stages, firstStage } = pages.template;
  const { starts, ends } = pages.page(index);
  let count = 0;
  for (let journey = 0; journey < journeys.length; journey++) {
    const start = starts[journey] as number;
    const latestEnd = start + (pages.durations.maxMsOf[journey] as number);
    if (start >= to || latestEnd < from) continue;
    if (start >= from && latestEnd < to) {
      count += (journeys[journey] as CompiledJourney).steps.length;
      continue;
    }
    const end = firstStage[journey + 1] ?? stages.length;
    for (let stage = firstStage[journey] as number; stage < end; stage++) {
      const time = start + (ends[stage] as number);
      if (time >= from && time < to) count += (stages[stage] as Stage).lines;
    }
  }
  return count;
}

/**
 * The time (ms since the epoch) of line number `count`, 1 for the first, of those due at `from` or later.
 * @param countBefore how many lines are due at `from` or later and before an instant
 * @param estimate when the line number that it is given is due, roughly
 */
export function timeOfLine(
  from: number,
  count: number,
  countBefore: (to: number) => number,
  estimate: (line: number) => number,
): number {
  let low = Math.ceil(from);
  let high = low + 1;
  for (let span = estimate(count) - from + 1; countBefore(high) < count; span *= 2) high = Math.ceil(from + span);
  let line = count;
  // Four steps by the estimated error come close; bisection finishes.
  for (let step = 0; low < high; step++) {
    const middle =
      step < 4 ? Math.min(Math.max(Math.floor(estimate(line)), low), high - 1) : Math.floor((low + high) / 2);
    const due = countBefore(middle + 1);
    if (due >= count) high = middle;
    else low = middle + 1;
    line += (count - due) * 1.1 + (due >= count ? -1 : 1);
  }
  return low;
}
