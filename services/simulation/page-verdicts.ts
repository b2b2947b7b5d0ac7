import { Failures } from './failures.ts';
import type { Page, Pages } from './page.ts';
import type { PageMemo } from './page-memo.ts';
import type { CompiledEntry, TimelineIndex } from './timeline-index.ts';
import type { PageVerdicts, VerdictAssigner } from './verdict-assigner.ts';

/** A page whose verdicts are assigned when its first line is rendered. */
export class PageWithVerdicts implements Page {
  readonly index: number;
  readonly keys: Int32Array;
  readonly starts: Float64Array;
  readonly durations: Int32Array;
  readonly memo: PageMemo;
  readonly #assign: (page: Page) => PageVerdicts;
  #verdicts: PageVerdicts | undefined;

  constructor({ index, keys, starts, durations, memo }: Page, assign: (page: Page) => PageVerdicts) {
    this.index = index;
    this.keys = keys;
    this.starts = starts;
    this.durations = durations;
    this.memo = memo;
    this.#assign = assign;
  }

  get verdicts(): PageVerdicts {
    this.#verdicts ??= this.#assign(this);
    return this.#verdicts;
  }
}

/** Assigns the verdicts of a page: each line's under the timeline entry in force at its own time. */
export function assignPageVerdicts(
  page: Page,
  pages: Pages,
  assigner: VerdictAssigner,
  timeline: TimelineIndex,
): PageVerdicts {
  const firstEntry = timeline.at(Math.floor(pages.startOf(page.index)));
  const hasOneEntry = firstEntry.to > pages.startOf(page.index + 1) + pages.durations.maxMs + 1;
  if (hasOneEntry) return assigner.assign(page, firstEntry);
  const { slots, journeys } = pages.template;
  const times = pages.timesOf(page);
  const bad = new Uint8Array(slots.length);
  const failures = new Failures(journeys.length);
  const badUnder = new Map<CompiledEntry, Uint8Array>();
  for (const slot of slots) {
    const entry = timeline.at(times[slot.index] as number);
    const badThen = badUnder.get(entry) ?? assigner.assign(page, entry).bad;
    badUnder.set(entry, badThen);
    bad[slot.index] = badThen[slot.index] as number;
    const isDown = entry.isDown[slot.step.service];
    const failure = isDown ? slot.step.unreachable : assigner.failureAt(page, slot, bad[slot.index] === 1, failures);
    if (failure) failures.add(slot, failure);
  }
  return { bad, failures };
}
