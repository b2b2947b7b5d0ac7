import { Failures } from './failures.ts';
import type { Page, Pages } from './page.ts';
import type { PageMemo } from './page-memo.ts';
import type { Slot } from './page-template.ts';
import type { Subject } from './subjects.ts';
import type { CompiledEntry, TimelineIndex } from './timeline-index.ts';
import type { VerdictAssigner } from './verdict-assigner.ts';

/** Which lines of a page are bad, each under the timeline entry in force at its own time, and which journeys fail. */
export interface PageVerdicts {
  /** 1 for each slot whose line is bad. */
  readonly bad: Uint8Array;
  readonly failures: Failures;
  /** Whether no line of the slot's service is bad at its time. */
  readonly isCalm: (slot: Slot) => boolean;
}

/** Of each journey of a page the subject of an earlier one that it goes on with; undefined for those of their own. */
export type SequelsOfPage = readonly (Subject | undefined)[];

/** A page whose verdicts are assigned, and whose journeys follow from one another, when its first line is rendered. */
export class PageWithVerdicts implements Page {
  readonly index: number;
  readonly keys: Int32Array;
  readonly starts: Float64Array;
  readonly durations: Int32Array;
  readonly memo: PageMemo;
  readonly #assign: (page: Page) => PageVerdicts;
  readonly #follow: (page: PageWithVerdicts) => SequelsOfPage;
  #verdicts: PageVerdicts | undefined;
  #sequels: SequelsOfPage | undefined;

  constructor(
    { index, keys, starts, durations, memo }: Page,
    assign: (page: Page) => PageVerdicts,
    follow: (page: PageWithVerdicts) => SequelsOfPage,
  ) {
    this.index = index;
    this.keys = keys;
    this.starts = starts;
    this.durations = durations;
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

/** Assigns the verdicts of a page and finds where each of its journeys fails. */
export function assignPageVerdicts(
  page: Page,
  pages: Pages,
  assigner: VerdictAssigner,
  timeline: TimelineIndex,
): PageVerdicts {
  const { slots, journeys } = pages.template;
  const firstEntry = timeline.at(Math.floor(pages.startOf(page.index)));
  const hasOneEntry = firstEntry.to > pages.startOf(page.index + 1) + pages.durations.maxMs + 1;
  const times = hasOneEntry ? undefined : pages.timesOf(page);
  const entryOf = (slot: number): CompiledEntry => (times ? timeline.at(times[slot] as number) : firstEntry);
  const bad = hasOneEntry ? assigner.assign(page, firstEntry) : verdictsByEntry(page, slots.length, assigner, entryOf);
  const isCalm = ({ index, step }: Slot): boolean => entryOf(index).ratios[step.service] === 0;
  const failures = new Failures(journeys.length);
  for (const slot of slots) {
    const isDown = entryOf(slot.index).isDown[slot.step.service];
    const failure = isDown
      ? slot.step.unreachable
      : assigner.failureAt(page, slot, bad[slot.index] === 1, isCalm(slot), failures);
    if (failure) failures.add(slot, failure);
  }
  return { bad, failures, isCalm };
}

function verdictsByEntry(
  page: Page,
  slots: number,
  assigner: VerdictAssigner,
  entryOf: (slot: number) => CompiledEntry,
): Uint8Array {
  const badUnder = new Map<CompiledEntry, Uint8Array>();
  return Uint8Array.from({ length: slots }, (_, slot) => {
    const entry = entryOf(slot);
    const bad = badUnder.get(entry) ?? assigner.assign(page, entry);
    badUnder.set(entry, bad);
    return bad[slot] as number;
  });
}
