import type { LogRecord } from '../../shared/record.ts';
import type { World } from '../../shared/world.ts';
import type { Catalog, CompiledService } from './catalog.ts';
import { countDue, timeOfLine } from './count-due.ts';
import { gapFilter } from './gap-filter.ts';
import type { RenderedLine } from './line-renderer.ts';
import { ALL, type LineSource } from './line-source.ts';
import { lineSources } from './line-sources.ts';
import type { Slot } from './page-template.ts';
import { TextBuffer } from './text-buffer.ts';
import { TimelineIndex } from './timeline-index.ts';
import { type DueLine, visitDue } from './visit-due.ts';

/** The lines of an interval, as they are in the file. */
export interface RangeText {
  /** UTF-8, whole lines, each with its newline; sole owner of its buffer. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly lines: number;
  /** How many lines of each service (in the order of the catalog) have the level DEBUG, INFO, WARNING and ERROR. */
  readonly linesPerLevel: readonly (readonly number[])[];
}

/** Average length of a line, in bytes. */
const LINE_BYTES = 175;

/** From so many pages on, `countBetween` estimates. */
const MAX_PAGES_COUNTED = 1000;

/** Visits a line; false ends the visit. */
type VisitLine = (line: DueLine) => boolean;

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
  readonly #timeline: TimelineIndex;
  /** The traffic, then what comes by the clock. */
  readonly #sources: readonly [LineSource, ...LineSource[]];

  constructor(catalog: Catalog, world: World) {
    const names = catalog.services.map(({ name }) => name);
    this.#catalog = catalog;
    this.#world = world;
    this.#timeline = new TimelineIndex(world.timeline, names);
    this.#sources = lineSources(catalog, world, this.#timeline);
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
    // Of this very interval, since a buffer that must grow in a burst is copied.
    const expected = Math.min(limit, this.#averageBetween(ALL, from, to));
    const out = new TextBuffer(Math.ceil(LINE_BYTES * 1.1 * Math.max(100, expected)));
    const counts = new Uint32Array(4 * this.#catalog.services.length);
    let lines = 0;
    this.#visit(ALL, from, to, ({ source: { renderer, template }, page, slot, time, stamp }) => {
      if (lines === limit) return false;
      const severity = renderer.write(page, slot, time, stamp, out);
      const at = 4 * (template.slots[slot] as Slot).step.service + severity;
      counts[at] = (counts[at] as number) + 1;
      lines++;
      return true;
    });
    const linesPerLevel = this.#catalog.services.map((_, service) => [
      ...counts.subarray(4 * service, 4 * service + 4),
    ]);
    return { bytes: out.take(), lines, linesPerLevel };
  }

  /** How many lines `linesBetween` would return; for more than a thousand pages of traffic, their average number. */
  countBetween(service: string, from: number, to: number): number {
    const index = this.#indexOf(service);
    const [{ pages }] = this.#sources;
    if (pages.pageAt(to) - pages.pageAt(from) > MAX_PAGES_COUNTED) return this.#averageBetween(index, from, to);
    let count = 0;
    this.#visit(index, from, to, () => {
      count++;
      return true;
    });
    return count;
  }

  /** How many lines are due over all services in the interval, including those of services that are down. */
  countDueBetween(from: number, to: number): number {
    return this.#sources.reduce((sum, { pages }) => sum + countDue(pages, from, to), 0);
  }

  /** The time of line number `count`, 1 for the first, of those due over all services at `from` or later. */
  timeOfLine(from: number, count: number): number {
    const [{ pages }] = this.#sources;
    const linesPerPage = (this.#world.rate * pages.lengthMs) / 1000;
    const first = pages.positionAt(from);
    const estimate = (line: number): number => pages.startOf(first + line / linesPerPage);
    return timeOfLine(from, count, (to) => this.countDueBetween(from, to), estimate);
  }

  /** Time of the service's first line in the interval; undefined when there is none. */
  nextLineTime(service: string, from: number, to: number): number | undefined {
    let first: number | undefined;
    this.#visit(this.#indexOf(service), from, to, ({ time }) => {
      first = time;
      return false;
    });
    return first;
  }

  /** Of each kind of page, how many lines the service has in every one, and its length in even time, in ms. */
  pagesOf(service: string): readonly { readonly lines: number; readonly ms: number }[] {
    const index = this.#indexOf(service);
    return this.#sources.map((source) => ({ lines: source.slotsOf(index).length, ms: source.pages.lengthMs }));
  }

  /**
   * The service's lines of the journeys that begin in a page, in order of time, even those due after its end.
   * @param kind index in what `pagesOf` returns
   */
  linesOfPage(service: string, kind: number, index: number): LogRecord[] {
    const source = this.#sources[kind] as LineSource;
    const page = source.open(index);
    const times = source.pages.timesOf(page);
    return [...source.slotsOf(this.#indexOf(service))]
      .sort((a, b) => (times[a] as number) - (times[b] as number) || a - b)
      .map((slot) => recordOf(times[slot] as number, source.renderer.toRecord(page, slot, times[slot] as number)));
  }

  #averageBetween(service: number, from: number, to: number): number {
    const counts = this.#sources.map((source) => {
      return (source.pages.positionAt(to) - source.pages.positionAt(from)) * source.slotsOf(service).length;
    });
    return Math.round(counts.reduce((sum, count) => sum + count, 0));
  }

  #indexOf(service: string): number {
    const index = this.#catalog.services.findIndex(({ name }) => name === service);
    if (index < 0) throw new RangeError(`No service named ${service}`);
    return index;
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
    this.#visit(service, from, to, ({ source, page, slot, time, stamp }) => {
      visit(time, stamp, source.renderer.toRecord(page, slot, time));
      return true;
    });
  }

  /** Visits the lines due in the interval, except those that were not written: service down, or a gap. */
  #visit(service: number, from: number, to: number, visit: VisitLine): void {
    const { services } = this.#catalog;
    const isInGap = gapFilter(this.#world.gaps ?? []);
    visitDue(this.#sources, service, from, to, (line) => {
      const { source, slot, time } = line;
      const entry = this.#timeline.at(time);
      const owner = (source.template.slots[slot] as Slot).step.service;
      if (entry.isAnyDown && entry.isDown[owner]) return true;
      if (isInGap?.((services[owner] as CompiledService).name, time)) return true;
      line.stamp = time + entry.clockOffsetMs;
      return visit(line);
    });
  }
}

function recordOf(time: number, { level, service, message, fields }: RenderedLine): LogRecord {
  return { level, time, service, ...fields, msg: message } as unknown as LogRecord;
}
