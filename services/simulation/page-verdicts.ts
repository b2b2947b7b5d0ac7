import { Failures } from './failures.ts';
import type { Page, Pages } from './page.ts';
import type { PageMemo } from './page-memo.ts';
import type { Subject } from './subjects.ts';
import type { CompiledEntry, TimelineIndex } from './timeline-index.ts';
import type { PageVerdicts, VerdictAssigner } from './verdict-assigner.ts';

/** Of each journey of a page the subject of an earlier one that it goes on with; undefined for those of their own. */
export type SequelsOfPage = readonly (Subject | undefined)[];

/** A page whose verdicts are assigned, and whose journeys follow from one another, when its first line is rendered. */
export class PageWithVerdicts implements Page {
  readonly index: number;
  readonly keys: Int32Array;
  readonly starts: Float64Array;
  readonly dues: Float64Array;
  readonly durations: Int32Array;
  readonly ends: Int32Array;
  readonly memo: PageMemo;
  readonly #assign: (page: Page) => PageVerdicts;
  readonly #follow: (page: PageWithVerdicts) => SequelsOfPage;
  #verdicts: PageVerdicts | undefined;
  #sequels: SequelsOfPage | undefined;

  constructor(
    { index, keys, starts, dues, durations, ends, memo }: Page,
    assign: (page: Page) => PageVerdicts,
    follow: (page: PageWithVerdicts) => SequelsOfPage,
  ) {
    this.index = index;
    this.keys = keys;
    this.starts = starts;
    this.dues = dues;
    this.durations = durations;
    this.ends = ends;
    this.memo = memo;
    this.#assign = assign;
    this.#follow = follow;
  }

  get verdicts(): PageVerdicts {
    this.#verdicts ??= this.#assign(this);
    return this.#verdicts;
  }

  get sequels(): SequelsOfPage {
    this.#sequels ??= this.#follow(this);
    return this.#sequels;
  }
}

/**
 * Assigns the verdicts of a page: each line's under the timeline entry in force at its own time, as if nothing had been
 * decided later. A process that writes it does not know more.
 */
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
    const badThen = badUnder.get(entry) ?? assigner.assign(pages.asKnownBefore(page, entry.to), entry).bad;
    badUnder.set(entry, badThen);
    bad[slot.index] = badThen[slot.index] as number;
    const isDown = entry.isDown[slot.step.service];
    const failure = isDown ? slot.step.unreachable : assigner.failureAt(page, slot, entry, bad, failures);
    if (failure) failures.add(slot, failure);
  }
  return { bad, failures };
}
