import { DueBucket } from './due-bucket.ts';
import { DueKeys } from './due-keys.ts';
import type { Page, Pages } from './page.ts';
import type { PageTemplate } from './page-template.ts';
import { SlidingWindow } from './sliding-window.ts';

/** A journey with slots of interest, and which of them each of its stages ends with. */
interface ScheduledJourney {
  readonly index: number;
  readonly maxMs: number;
  /** Indexes of its stages in the template that have slots. */
  readonly stages: readonly { readonly stage: number; readonly slots: readonly number[] }[];
}

/**
 * Which slots of which pages are due when, in the total order of time, page and slot: `seek` once, then `next` for each.
 *
 * Lines are collected in buckets, one for the time of each page: bucket `b` has lines of page `b` and of those before it
 * whose journeys are still going on. Only the buckets and pages around the last interval are kept. To continue from there
 * costs a page or two; any other interval starts again with all pages whose journeys reach into it. What is kept is a
 * cache and never changes an answer.
 */
export class Schedule<P extends Page> {
  /** The line that `next` has found: its page and slot, and when it is due, in ms since the epoch. */
  page: P | undefined;
  slot = 0;
  time = Number.POSITIVE_INFINITY;

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
  /** Where `next` goes on: the bucket, its start, and the place in it. */
  #at = 0;
  #atStart = 0;
  #place = 0;

  /**
   * @param slots the slots of interest
   * @param openPage makes the page of an index
   */
  constructor(pages: Pages, slots: readonly number[], openPage: (index: number) => P) {
    const { template, lengthMs, durations, maxDensity } = pages;
    this.#pages = pages;
    this.#openPage = openPage;
    this.#journeys = journeysWith(new Set(slots), template, durations.maxMsOf);
    this.#pagesBack = Math.ceil((durations.maxMs * maxDensity) / lengthMs) + 2;
    // The start of a journey is rounded down to a whole ms, which may be before its page.
    this.#pagesAhead = Math.ceil(maxDensity / lengthMs);
    this.#keys = new DueKeys(this.#pagesBack + this.#pagesAhead + 1, template.slots.length);
  }

  /** From now on `next` finds the lines due at `from` or later, in ms since the epoch. */
  seek(from: number): void {
    const first = this.#pages.pageAt(from);
    this.#moveTo(first, from);
    this.#enter(first);
    const bucket = this.#buckets.at(first);
    this.#place = bucket ? bucket.lowerBound(this.#keys.pack(Math.ceil(from) - this.#atStart, 0, 0)) : 0;
  }

  /** Finds the next line that is due before `to`; false, and a time without end, when there is none. */
  next(to: number): boolean {
    const keys = this.#keys;
    for (;;) {
      const sorted = this.#buckets.at(this.#at)?.sorted;
      if (sorted && this.#place < sorted.length) {
        const key = sorted[this.#place] as number;
        const time = this.#atStart + keys.afterMs(key);
        if (time >= to) break;
        this.#place++;
        this.page = this.#opened.at(this.#at - this.#pagesBack + keys.page(key)) as P;
        this.slot = keys.slot(key);
        this.time = time;
        return true;
      }
      if (this.#pages.startOf(this.#at + 1) >= to) break;
      this.#enter(this.#at + 1);
    }
    this.time = Number.POSITIVE_INFINITY;
    return false;
  }

  /** Makes a bucket complete and goes to its first line. */
  #enter(index: number): void {
    this.#at = index;
    this.#atStart = this.#startOf(index);
    this.#place = 0;
    const last = index + this.#pagesAhead;
    while (this.#opened.end <= last) {
      const page = this.#openPage(this.#opened.end);
      this.#opened.push(page);
      this.#addLinesOf(page);
    }
  }

  /** Makes bucket `index` the first that is kept. */
  #moveTo(index: number, from: number): void {
    const start = Math.min(from, this.#startOf(index));
    const firstPage = Math.max(0, this.#pages.pageAt(start - this.#pages.durations.maxMs) - 1);
    if (index < this.#buckets.start || firstPage > this.#opened.end) {
      this.#opened.restart(firstPage);
      this.#buckets.restart(index);
    } else {
      this.#opened.trim(firstPage);
      this.#buckets.trim(index);
    }
  }

  #addLinesOf({ index: page, starts, ends }: P): void {
    const begin = this.#startOf(this.#buckets.start);
    const from = this.#pages.startOf(page);
    const to = this.#pages.startOf(page + 1);
    for (const { index, maxMs, stages } of this.#journeys) {
      const start = starts[index] as number;
      // It ends before the first bucket that is kept.
      if (start + maxMs < begin) continue;
      for (const { stage, slots } of stages) {
        const time = start + (ends[stage] as number);
        this.#add(time, page, time >= from && time < to ? page : this.#pages.pageAt(time), slots);
      }
    }
  }

  /** Adds lines of one page that are due at the same time to their bucket. */
  #add(time: number, page: number, index: number, slots: readonly number[]): void {
    if (index < this.#buckets.start) return;
    while (this.#buckets.end <= index) this.#buckets.push(new DueBucket());
    const bucket = this.#buckets.at(index) as DueBucket;
    const afterMs = time - this.#startOf(index);
    for (const slot of slots) bucket.add(this.#keys.pack(afterMs, page - index + this.#pagesBack, slot));
  }

  /** Start of a bucket, in whole ms since the epoch. */
  #startOf(bucket: number): number {
    return Math.floor(this.#pages.startOf(bucket));
  }
}

/** The journeys that any of the slots belong to. */
function journeysWith(
  slots: ReadonlySet<number>,
  { slots: all, stages, firstStage, journeys }: PageTemplate,
  maxMsOf: readonly number[],
): readonly ScheduledJourney[] {
  const wanted = stages.map((): number[] => []);
  for (const { index, stage } of all) if (slots.has(index)) wanted[stage]?.push(index);
  return journeys.flatMap((_, index) => {
    const first = firstStage[index] as number;
    const own = wanted.slice(first, firstStage[index + 1]).map((list, at) => ({ stage: first + at, slots: list }));
    const withSlots = own.filter(({ slots: list }) => list.length > 0);
    return withSlots.length === 0 ? [] : [{ index, maxMs: maxMsOf[index] as number, stages: withSlots }];
  });
}
