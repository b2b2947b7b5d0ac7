import { DueBucket } from './due-bucket.ts';
import { DueKeys } from './due-keys.ts';
import { type Page, type Pages, stageDurationMs } from './page.ts';
import type { PageTemplate, Stage } from './page-template.ts';
import { SlidingWindow } from './sliding-window.ts';

/** A journey with slots of interest, and which of them each of its stages ends with. */
interface ScheduledJourney {
  readonly index: number;
  readonly maxMs: number;
  readonly stages: readonly { readonly stage: Stage; readonly slots: readonly number[] }[];
}

/** Visits a line that is due; false ends the visit. */
type VisitDue<P extends Page> = (page: P, slot: number, time: number) => boolean;

/**
 * Which slots of which pages are due when, in the total order of time, page and slot.
 *
 * Lines are collected in buckets of one page length of time each: bucket `b` has lines of page `b` and of those before it
 * whose journeys are still going on. Only the buckets and pages around the last interval are kept. To continue from there
 * costs a page or two; any other interval starts again with all pages whose journeys reach into it. What is kept is a
 * cache and never changes an answer.
 */
export class Schedule<P extends Page> {
  readonly #pages: Pages;
  readonly #openPage: (index: number) => P;
  readonly #journeys: readonly ScheduledJourney[];
  /** How many pages before and after its own a bucket can have lines of. */
  readonly #pagesBack: number;
  readonly #pagesAhead: number;
  /** Their page numbers count from the first page that a bucket can have lines of. */
  readonly #keys: DueKeys;
  readonly #opened = new SlidingWindow<P>();
  readonly #buckets = new SlidingWindow<DueBucket>();

  /**
   * @param slots the slots of interest
   * @param openPage makes the page of an index
   */
  constructor(pages: Pages, slots: readonly number[], openPage: (index: number) => P) {
    const { template, lengthMs } = pages;
    this.#pages = pages;
    this.#openPage = openPage;
    this.#journeys = journeysWith(new Set(slots), template);
    this.#pagesBack = Math.ceil(template.maxJourneyMs / lengthMs) + 2;
    // The start of a journey is rounded down to a whole ms, which may be before its page.
    this.#pagesAhead = Math.ceil(1 / lengthMs);
    this.#keys = new DueKeys(this.#pagesBack + this.#pagesAhead + 1, template.slots.length);
  }

  /** Calls `visit` for each line due at `from` or later and before `to` (ms since the epoch), in order. */
  visit(from: number, to: number, visit: VisitDue<P>): void {
    if (!(from < to)) return;
    const first = Math.floor(from / this.#pages.lengthMs);
    const last = Math.floor(to / this.#pages.lengthMs);
    this.#moveTo(first);
    for (let index = first; index <= last; index++) {
      this.#openPagesUpTo(index + this.#pagesAhead);
      if (!this.#visitBucket(index, from, to, visit)) return;
    }
  }

  /** @returns false when the visit has ended */
  #visitBucket(index: number, from: number, to: number, visit: VisitDue<P>): boolean {
    const bucket = this.#buckets.at(index);
    if (!bucket) return true;
    const keys = this.#keys;
    const { sorted } = bucket;
    const bucketStart = this.#startOf(index);
    const firstPage = index - this.#pagesBack;
    for (let i = bucket.lowerBound(keys.pack(Math.ceil(from) - bucketStart, 0, 0)); i < sorted.length; i++) {
      const key = sorted[i] as number;
      const time = bucketStart + keys.afterMs(key);
      if (time >= to) return false;
      if (!visit(this.#opened.at(firstPage + keys.page(key)) as P, keys.slot(key), time)) return false;
    }
    return true;
  }

  /** Makes bucket `index` the first that is kept. */
  #moveTo(index: number): void {
    const firstPage = Math.max(0, index - this.#pagesBack);
    if (index < this.#buckets.start || firstPage > this.#opened.end) {
      this.#opened.restart(firstPage);
      this.#buckets.restart(index);
    } else {
      this.#opened.trim(firstPage);
      this.#buckets.trim(index);
    }
  }

  #openPagesUpTo(last: number): void {
    while (this.#opened.end <= last) {
      const page = this.#openPage(this.#opened.end);
      this.#opened.push(page);
      this.#addLinesOf(page);
    }
  }

  #addLinesOf({ index: page, keys, starts }: P): void {
    const begin = this.#buckets.start * this.#pages.lengthMs;
    for (const { index, maxMs, stages } of this.#journeys) {
      let time = starts[index] as number;
      // It ends before the first bucket that is kept.
      if (time + maxMs < begin) continue;
      const key = keys[index] as number;
      for (const { stage, slots } of stages) {
        time += stageDurationMs(key, stage);
        if (slots.length > 0) this.#add(time, page, slots);
      }
    }
  }

  /** Adds lines of one page that are due at the same time. */
  #add(time: number, page: number, slots: readonly number[]): void {
    const index = Math.floor(time / this.#pages.lengthMs);
    if (index < this.#buckets.start) return;
    while (this.#buckets.end <= index) this.#buckets.push(new DueBucket());
    const bucket = this.#buckets.at(index) as DueBucket;
    const afterMs = time - this.#startOf(index);
    for (const slot of slots) bucket.add(this.#keys.pack(afterMs, page - index + this.#pagesBack, slot));
  }

  /** Start of a bucket, in whole ms since the epoch. */
  #startOf(bucket: number): number {
    return Math.floor(bucket * this.#pages.lengthMs);
  }
}

/** The journeys that any of the slots belong to. */
function journeysWith(slots: ReadonlySet<number>, template: PageTemplate): readonly ScheduledJourney[] {
  const { stagesOf, maxMsOf, firstSlot } = template;
  return stagesOf.flatMap((ofJourney, index) => {
    let slot = firstSlot[index] as number;
    const stages = ofJourney.map((stage) => {
      const own = Array.from({ length: stage.lines }, () => slot++);
      return { stage, slots: own.filter((candidate) => slots.has(candidate)) };
    });
    const isWanted = stages.some((stage) => stage.slots.length > 0);
    return isWanted ? [{ index, maxMs: maxMsOf[index] as number, stages }] : [];
  });
}
