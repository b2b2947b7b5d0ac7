import type { LogRecord } from '../../shared/record.ts';
import type { Gap, World } from '../../shared/world.ts';
import type { Catalog } from './catalog.ts';
import { countDue, timeOfLine } from './line-count.ts';
import { LineRenderer, type RenderedLine } from './line-renderer.ts';
import { Pages } from './page.ts';
import { type PageTemplate, pageTemplateOf, type Slot } from './page-template.ts';
import { JudgedPage, judgePage } from './page-verdicts.ts';
import { Schedule } from './schedule.ts';
import { TextBuffer } from './text-buffer.ts';
import { TimelineIndex } from './timeline-index.ts';
import { VerdictAssigner } from './verdicts.ts';

/** A stretch of the log as it stands in the file. */
export interface RangeText {
  /** UTF-8, whole lines, each with its newline. Nobody else holds its memory. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly lines: number;
  /** How many lines of each service (in the order of the catalog) have the level DEBUG, INFO, WARNING and ERROR. */
  readonly tally: readonly (readonly number[])[];
}

/** Stands for all services where the index of one could. */
const ALL = -1;

/** About as long as a line is, in bytes. */
const LINE = 160;

/** Visits a line that is due at a time of the world and has that time stamp; false ends it. */
type Visit = (page: JudgedPage, slot: number, time: number, stamp: number) => boolean;

/**
 * The log as a function of time: `linesBetween` over [a, c) is `linesBetween` over [a, b) followed by that over
 * [b, c), in any process, whenever it is asked. What it keeps is a cache and never changes an answer.
 *
 * Intervals are in the world's time, and lines in order of it. Their time stamps are the same, unless the clock of the
 * machine was set back (see `clockOffsetMs` in shared/world.ts).
 */
export class Simulation {
  readonly #catalog: Catalog;
  readonly #world: World;
  readonly #cast: PageTemplate;
  readonly #pages: Pages;
  readonly #moments: TimelineIndex;
  readonly #judge: VerdictAssigner;
  readonly #teller: LineRenderer;
  readonly #open = (index: number): JudgedPage =>
    new JudgedPage(this.#pages.page(index), (page) =>
      judgePage(page, this.#catalog, this.#pages, this.#judge, this.#moments),
    );
  /** Of single services, and of all together. */
  readonly #schedules = new Map<number, Schedule<JudgedPage>>();

  constructor(catalog: Catalog, world: World) {
    this.#catalog = catalog;
    this.#world = world;
    this.#cast = pageTemplateOf(catalog);
    this.#pages = new Pages(this.#cast, world.seed, world.rate);
    this.#moments = new TimelineIndex(
      world.timeline,
      catalog.services.map(({ name }) => name),
    );
    this.#judge = new VerdictAssigner(catalog, this.#pages, world.seed);
    this.#teller = new LineRenderer(catalog, this.#pages);
  }

  /** Lines that the service writes at `from` or later and before `to` (ms since the epoch), in order of time. */
  linesBetween(service: string, from: number, to: number): LogRecord[] {
    return this.#records(this.#indexOf(service), from, to);
  }

  /** Calls `tell` with the time stamp (ms since the epoch) and the text of each of these lines. */
  renderBetween(service: string, from: number, to: number, tell: (stamp: number, told: RenderedLine) => void): void {
    this.#tell(this.#indexOf(service), from, to, (_time, stamp, told) => tell(stamp, told));
  }

  /** The lines of all services together. The order is total: time, page, slot. */
  allLinesBetween(from: number, to: number): LogRecord[] {
    return this.#records(ALL, from, to);
  }

  /** Calls `visit` with each of these lines and the time of the world at which it is due. */
  visitLines(from: number, to: number, visit: (record: LogRecord, time: number) => void): void {
    this.#tell(ALL, from, to, (time, stamp, told) => visit(recordOf(stamp, told), time));
  }

  /** The lines of all services as text, but at most `limit` of them. */
  textBetween(from: number, to: number, limit = Number.POSITIVE_INFINITY): RangeText {
    const expected = Math.min(limit, ((to - from) * this.#world.rate) / 1000);
    const out = new TextBuffer(Math.ceil(LINE * 1.1 * Math.max(100, expected)));
    const counts = new Uint32Array(4 * this.#catalog.services.length);
    const { slots } = this.#cast;
    let lines = 0;
    this.#visit(ALL, from, to, (page, slot, time, stamp) => {
      if (lines === limit) return false;
      const severity = this.#teller.write(page, slot, time, stamp, out);
      const at = 4 * (slots[slot] as Slot).step.service + severity;
      counts[at] = (counts[at] as number) + 1;
      lines++;
      return true;
    });
    const tally = this.#catalog.services.map((_, service) => [...counts.subarray(4 * service, 4 * service + 4)]);
    return { bytes: out.take(), lines, tally };
  }

  /** How many lines `linesBetween` would give; for an interval of more than a thousand pages, their average. */
  countBetween(service: string, from: number, to: number): number {
    const { lines, ms } = this.pageOf(service);
    if (to - from > 1000 * ms) return Math.round(((to - from) / ms) * lines);
    let count = 0;
    this.#visit(this.#indexOf(service), from, to, () => {
      count++;
      return true;
    });
    return count;
  }

  /** How many lines are due over all services in the interval, those of services that are down too. */
  dueBetween(from: number, to: number): number {
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

  /** Lines that the service has in every page, and the page's length in ms. */
  pageOf(service: string): { readonly lines: number; readonly ms: number } {
    return { lines: (this.#cast.slotsOf[this.#indexOf(service)] as readonly number[]).length, ms: this.#pages.length };
  }

  /** The service's lines of the journeys that begin in a page, in order of time, wherever they end. */
  linesOfPage(service: string, index: number): LogRecord[] {
    const page = this.#open(index);
    const times = this.#pages.timesOf(page);
    return [...(this.#cast.slotsOf[this.#indexOf(service)] as readonly number[])]
      .sort((a, b) => (times[a] as number) - (times[b] as number) || a - b)
      .map((slot) => recordOf(times[slot] as number, this.#teller.tell(page, slot, times[slot] as number)));
  }

  #indexOf(service: string): number {
    const index = this.#catalog.services.findIndex(({ name }) => name === service);
    if (index < 0) throw new RangeError(`No service named ${service}`);
    return index;
  }

  #records(service: number, from: number, to: number): LogRecord[] {
    const records: LogRecord[] = [];
    this.#tell(service, from, to, (_time, stamp, told) => records.push(recordOf(stamp, told)));
    return records;
  }

  #tell(
    service: number,
    from: number,
    to: number,
    tell: (time: number, stamp: number, told: RenderedLine) => void,
  ): void {
    this.#visit(service, from, to, (page, slot, time, stamp) => {
      tell(time, stamp, this.#teller.tell(page, slot, time));
      return true;
    });
  }

  /** Visits what is due in the interval and not silenced by its service being down. */
  #visit(service: number, from: number, to: number, visit: Visit): void {
    const { slots } = this.#cast;
    const isInGap = this.#gapFilter();
    this.#schedule(service).visit(from, to, (page, slot, time) => {
      const moment = this.#moments.at(time);
      const by = (slots[slot] as Slot).step.service;
      if (moment.isAnyDown && moment.isDown[by]) return true;
      if (isInGap?.(by, time)) return true;
      return visit(page, slot, time, time + moment.clockOffsetMs);
    });
  }

  #schedule(service: number): Schedule<JudgedPage> {
    let schedule = this.#schedules.get(service);
    if (!schedule) {
      const slots = service === ALL ? [...this.#cast.slots.keys()] : (this.#cast.slotsOf[service] as readonly number[]);
      schedule = new Schedule(this.#pages, slots, this.#open);
      this.#schedules.set(service, schedule);
    }
    return schedule;
  }

  /** Tells whether a line fell into a gap, for lines that come in order. */
  #gapFilter(): ((service: number, time: number) => boolean) | undefined {
    const { gaps = [] } = this.#world;
    if (gaps.length === 0) return undefined;
    const { services } = this.#catalog;
    const atTheEdge = new Map<Gap, number>();
    return (index, time) => {
      const name = services[index]?.name;
      const gap = gaps.find(({ service, from, to }) => service === name && time >= from && time < to);
      if (!gap) return false;
      if (time > gap.from) return true;
      const before = atTheEdge.get(gap) ?? 0;
      atTheEdge.set(gap, before + 1);
      return before >= gap.writtenAtStart;
    };
  }
}

function recordOf(time: number, { level, service, message, fields }: RenderedLine): LogRecord {
  return { level, time, service, ...fields, msg: message } as unknown as LogRecord;
}
