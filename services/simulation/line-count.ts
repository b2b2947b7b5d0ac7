/** How many lines an interval holds, without telling or even ordering them. */

import { durationOf, type Pages } from './page.ts';
import type { Stage } from './page-template.ts';

/** How many lines are due over all services at `from` or later and before `to`. It costs the same however long that is. */
export function countDue(pages: Pages, from: number, to: number): number {
  if (!(from < to)) return 0;
  const { length, cast } = pages;
  const back = Math.ceil(cast.longest / length) + 2;
  const first = Math.max(0, Math.floor(from / length) - back);
  const last = Math.floor(to / length) + Math.ceil(1 / length);
  // All that begins in these does so at `from` or later, rounded down as it is, and ends before `to`.
  const firstWhole = Math.floor(from / length) + 2 + Math.ceil(1 / length);
  const endWhole = Math.floor(to / length) - back;
  let count = 0;
  for (let index = first; index <= last; index++) {
    if (index === firstWhole && endWhole > firstWhole) {
      count += (endWhole - firstWhole) * cast.slots.length;
      index = endWhole;
    }
    count += dueInPage(pages, index, from, to);
  }
  return count;
}

function dueInPage(pages: Pages, index: number, from: number, to: number): number {
  const { beatsOf, longestOf, journeys } = pages.cast;
  const { keys, starts } = pages.page(index);
  let count = 0;
  for (let journey = 0; journey < journeys.length; journey++) {
    let time = starts[journey] as number;
    const end = time + (longestOf[journey] as number);
    if (time >= to || end < from) continue;
    if (time >= from && end < to) {
      count += journeys[journey]?.steps.length as number;
      continue;
    }
    for (const stage of beatsOf[journey] as readonly Stage[]) {
      time += durationOf(keys[journey] as number, stage);
      if (time >= from && time < to) count += stage.lines;
    }
  }
  return count;
}

/** The time of line number `count`, 1 for the first, of those due over all services at `from` or later. */
export function timeOfLine(pages: Pages, from: number, count: number): number {
  const { length, cast } = pages;
  const linesPerMs = cast.slots.length / length;
  let low = Math.ceil(from);
  let high = Math.ceil(from + (count / cast.slots.length + 6) * length + cast.longest);
  let guess = Math.floor(from + count / linesPerMs);
  // Lines come at a steady rate from page to page, so a step of the right length gets near at once; halving ends it.
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
