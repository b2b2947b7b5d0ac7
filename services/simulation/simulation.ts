import type { LogRecord } from '../../shared/record.ts';
import type { World } from '../../shared/world.ts';
import type { Catalog, CompiledService } from './catalog.ts';
import { countDue, timeOfLine } from './count-due.ts';
import { gapFilter } from './gap-filter.ts';
import { LineRenderer, type RenderedLine } from './line-renderer.ts';
import { Pages } from './page.ts';
import { type PageTemplate, pageTemplateOf, type Slot } from './page-template.ts';
import { assignPageVerdicts, PageWithVerdicts } from './page-verdicts.ts';
import { Schedule } from './schedule.ts';
import { TextBuffer } from './text-buffer.ts';
import { TimelineIndex } from './timeline-index.ts';
import { VerdictAssigner } from './verdict-assigner.ts';

/** The lines of an interval, as they are in the file. */
export interface RangeText {
  /** UTF-8, whole lines, each with its newline; sole owner of its buffer. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly lines: number;
  /** How many lines of each service (in the order of the catalog) have the level DEBUG, INFO, WARNING and ERROR. */
  readonly linesPerLevel: readonly (readonly number[])[];
}

/** All services together, where the index of one is expected. */
const ALL = -1;

/** Average length of a line, in bytes. */
const LINE_BYTES = 160;

/** From so many pages on, `countBetween` estimates. */
const MAX_PAGES_COUNTED = 1000;

/** Visits a line due at `time` (ms of the world's time) with the time stamp `stamp`; false ends the visit. */
type VisitLine = (page: PageWithVerdicts, slot: number, time: number, stamp: number) => boolean;

/**
 * The log as a function of time: `linesBetween` over [a, c) is `linesBetween` over [a, b) followed by that over [b, c),
 * in any process, at any time. What it keeps is a cache and never changes an answer.
 *
 * Intervals are in the world's time, and lines are ordered by it. Their time stamps are the same, unless the clock of the
 * machine was set back (see `clockOffsetMs` in shared/world.ts).
 *
 * Methods that take the short name of a service throw a RangeError for one that the catalog does not have.
 */
export class Simulation {
  readonly #catalog: Catalog;
  readonly #world: World;
  readonly #template: PageTemplate;
  readonly #pages: Pages;
  readonly #timeline: TimelineIndex;
  readonly #renderer: LineRenderer;
  readonly #openPage: (index: number) => PageWithVerdicts;
  /** Of single services, and of all together; made when first needed. */
  readonly #schedules = new Map<number, Schedule<PageWithVerdicts>>();

  constructor(catalog: Catalog, world: World) {
    const template = pageTemplateOf(catalog);
    const pages = new Pages(template, world.seed, world.rate);
    const names = catalog.services.map(({ name }) => name);
    const timeline = new TimelineIndex(world.timeline, names);
    const assigner = new VerdictAssigner(catalog, pages, world.seed);
    this.#catalog = catalog;
    this.#world = world;
    this.#template = template;
    this.#pages = pages;
    this.#timeline = timeline;
    this.#renderer = new LineRenderer(catalog, pages);
    this.#openPage = (index) =>
      new PageWithVerdicts(pages.page(index), (page) => assignPageVerdicts(page, catalog, pages, assigner, timeline));
  }

  /** Lines that the service writes at `from` or later and before `to` (ms since the epoch), in order of time. */
  linesBetween(service: string, from: number, to: number): LogRecord[] {
    return this.#records(this.#indexOf(service), from, to);
  }

  /** Calls `visit` with the time stamp (ms since the epoch) and the content of each of these lines. */
  renderBetween(service: string, from: number, to: number, visit: (stamp: number, line: RenderedLine) => void): void {
    this.#render(this.#indexOf(service), from, to, (_time, stamp, line) => visit(stamp, line));
  }

  /** The lines of all services together. The order is total: time, page, slot. */
  allLinesBetween(from: number, to: number): LogRecord[] {
    return this.#records(ALL, from, to);
  }

  /** Calls `visit` with each of these lines and the time of the world at which it is due. */
  visitLines(from: number, to: number, visit: (record: LogRecord, time: number) => void): void {
    this.#render(ALL, from, to, (time, stamp, line) => visit(recordOf(stamp, line), time));
  }

  /** The lines of all services as text, but at most `limit` of them. */
  textBetween(from: number, to: number, limit = Number.POSITIVE_INFINITY): RangeText {
    const expected = Math.min(limit, ((to - from) * this.#world.rate) / 1000);
    const out = new TextBuffer(Math.ceil(LINE_BYTES * 1.1 * Math.max(100, expected)));
    const counts = new Uint32Array(4 * this.#catalog.services.length);
    const { slots } = this.#template;
    let lines = 0;
    this.#visit(ALL, from, to, (page, slot, time, stamp) => {
      if (lines === limit) return false;
      const severity = this.#renderer.write(page, slot, time, stamp, out);
      const at = 4 * (slots[slot] as Slot).step.service + severity;
      counts[at] = (counts[at] as number) + 1;
      lines++;
      return true;
    });
    const linesPerLevel = this.#catalog.services.map((_, service) => [
      ...counts.subarray(4 * service, 4 * service + 4),
    ]);
    return { bytes: out.take(), lines, linesPerLevel };
  }

  /** How many lines `linesBetween` would return; for more than a thousand pages, their average number. */
  countBetween(service: string, from: number, to: number): number {
    const { lines, ms } = this.pageOf(service);
    if (to - from > MAX_PAGES_COUNTED * ms) return Math.round(((to - from) / ms) * lines);
    let count = 0;
    this.#visit(this.#indexOf(service), from, to, () => {
      count++;
      return true;
    });
    return count;
  }

  /** How many lines are due over all services in the interval, including those of services that are down. */
  countDueBetween(from: number, to: number): number {
    return countDue(this.#pages, from, to);
  }

  /** The time of line number `count`, 1 for the first, of those due over all services at `from` or later. */
  timeOfLine(from: number, count: number): number {
    return timeOfLine(this.#pages, from, count);
  }

  /** Time of the service's first line in the interval; undefined when there is none. */
  nextLineTime(service: string, from: number, to: number): number | undefined {
    let first: number | undefined;
    this.#visit(this.#indexOf(service), from, to, (_page, _slot, time) => {
      first = time;
      return false;
    });
    return first;
  }

  /** How many lines the service has in every page, and the length of a page in ms. */
  pageOf(service: string): { readonly lines: number; readonly ms: number } {
    return { lines: this.#slotsOf(this.#indexOf(service)).length, ms: this.#pages.lengthMs };
  }

  /** The service's lines of the journeys that begin in a page, in order of time, even those due after its end. */
  linesOfPage(service: string, index: number): LogRecord[] {
    const page = this.#openPage(index);
    const times = this.#pages.timesOf(page);
    return [...this.#slotsOf(this.#indexOf(service))]
      .sort((a, b) => (times[a] as number) - (times[b] as number) || a - b)
      .map((slot) => recordOf(times[slot] as number, this.#renderer.toRecord(page, slot, times[slot] as number)));
  }

  #indexOf(service: string): number {
    const index = this.#catalog.services.findIndex(({ name }) => name === service);
    if (index < 0) throw new RangeError(`No service named ${service}`);
    return index;
  }

  #slotsOf(service: number): readonly number[] {
    if (service === ALL) return [...this.#template.slots.keys()];
    return this.#template.slotsOf[service] as readonly number[];
  }

  #records(service: number, from: number, to: number): LogRecord[] {
    const records: LogRecord[] = [];
    this.#render(service, from, to, (_time, stamp, line) => records.push(recordOf(stamp, line)));
    return records;
  }

  #render(
    service: number,
    from: number,
    to: number,
    visit: (time: number, stamp: number, line: RenderedLine) => void,
  ): void {
    this.#visit(service, from, to, (page, slot, time, stamp) => {
      visit(time, stamp, this.#renderer.toRecord(page, slot, time));
      return true;
    });
  }

  /** Visits the lines due in the interval, except those that were not written: service down, or a gap. */
  #visit(service: number, from: number, to: number, visit: VisitLine): void {
    const { slots } = this.#template;
    const { services } = this.#catalog;
    const isInGap = gapFilter(this.#world.gaps ?? []);
    this.#schedule(service).visit(from, to, (page, slot, time) => {
      const entry = this.#timeline.at(time);
      const owner = (slots[slot] as Slot).step.service;
      if (entry.isAnyDown && entry.isDown[owner]) return true;
      if (isInGap?.((services[owner] as CompiledService).name, time)) return true;
      return visit(page, slot, time, time + entry.clockOffsetMs);
    });
  }

  #schedule(service: number): Schedule<PageWithVerdicts> {
    let schedule = this.#schedules.get(service);
    if (!schedule) {
      schedule = new Schedule(this.#pages, this.#slotsOf(service), this.#openPage);
      this.#schedules.set(service, schedule);
    }
    return schedule;
  }
}

function recordOf(time: number, { level, service, message, fields }: RenderedLine): LogRecord {
  return { level, time, service, ...fields, msg: message } as unknown as LogRecord;
}
