/** How many lines an interval holds, without rendering or even ordering them. */

import { type Pages, stageDurationMs } from './page.ts';
import type { Stage } from './page-template.ts';

/**
 * How many lines are due over all services at `from` or later and before `to` (ms since the epoch). The cost does not
 * depend on the length of the interval.
 */
export function countDue(pages: Pages, from: number, to: number): number {
  if (!(from < to)) return 0;
  const { lengthMs, template } = pages;
  const pagesBack = Math.ceil(template.maxJourneyMs / lengthMs) + 2;
  const first = Math.max(0, Math.floor(from / lengthMs) - pagesBack);
  const last = Math.floor(to / lengthMs) + Math.ceil(1 / lengthMs);
  // In the pages from `firstWhole` up to `endWhole`, every journey starts at `from` or later, even rounded down, and
  // ends before `to`.
  const firstWhole = Math.floor(from / lengthMs) + 2 + Math.ceil(1 / lengthMs);
  const endWhole = Math.floor(to / lengthMs) - pagesBack;
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
  const { stagesOf, maxMsOf, journeys } = pages.template;
  const { keys, starts } = pages.page(index);
  let count = 0;
  for (let journey = 0; journey < journeys.length; journey++) {
    let time = starts[journey] as number;
    const latestEnd = time + (maxMsOf[journey] as number);
    if (time >= to || latestEnd < from) continue;
    if (time >= from && latestEnd < to) {
      count += journeys[journey]?.steps.length as number;
      continue;
    }
    for (const stage of stagesOf[journey] as readonly Stage[]) {
      time += stageDurationMs(keys[journey] as number, stage);
      if (time >= from && time < to) count += stage.lines;
    }
  }
  return count;
}

/**
 * The time (ms since the epoch) of line number `count`, 1 for the first, of those due over all services at `from` or
 * later.
 */
export function timeOfLine(pages: Pages, from: number, count: number): number {
  const { lengthMs, template } = pages;
  const linesPerMs = template.slots.length / lengthMs;
  let low = Math.ceil(from);
  let high = Math.ceil(from + (count / template.slots.length + 6) * lengthMs + template.maxJourneyMs);
  let guess = Math.floor(from + count / linesPerMs);
  // Every page has the same number of lines, so four steps by the estimated error come close; bisection finishes.
  for (let step = 0; low < high; step++) {
    const middle = step < 4 ? Math.min(Math.max(guess, low), high - 1) : Math.floor((low + high) / 2);
    const due = countDue(pages, from, middle + 1);
    if (due >= count) high = middle;
    else low = middle + 1;
    const error = Math.ceil((Math.abs(count - due) / linesPerMs) * 1.1);
    guess = due >= count ? middle - error - 1 : middle + error + 1;
  }
  return low;
}
