import { formatRecord, type LogRecord } from '../../shared/record.ts';
import { type Gap, type Moment, momentAt, type World } from '../../shared/world.ts';
import { type Cast, castOf, type Slot } from './cast.ts';
import type { Catalog, CompiledService } from './catalog.ts';
import { type Page, Pages } from './page.ts';
import { Teller } from './teller.ts';
import { Judge } from './verdicts.ts';

interface PageOnFile {
  readonly page: Page;
  /** Per service, its slots in order of time; made when first asked for. */
  readonly inOrder: Map<number, readonly number[]>;
  readonly verdicts: Map<Moment, Uint8Array>;
}

interface Line {
  readonly page: Page;
  readonly slot: number;
  readonly time: number;
}

/** A stretch of the log as it stands in the file. */
export interface RangeText {
  /** UTF-8, whole lines, each with its newline. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly lines: number;
  /** How many lines of each service (in the order of the catalog) have the level DEBUG, INFO, WARNING and ERROR. */
  readonly tally: readonly (readonly [debug: number, info: number, warning: number, error: number])[];
}

/**
 * The log as a function of time: `linesBetween` over [a, c) is `linesBetween` over [a, b) followed by that over
 * [b, c), in any process, whenever it is asked. What it keeps is a cache and never changes an answer.
 */
export class Simulation {
  readonly #catalog: Catalog;
  readonly #world: World;
  readonly #cast: Cast;
  readonly #pages: Pages;
  readonly #judge: Judge;
  readonly #teller: Teller;
  readonly #onFile = new Map<number, PageOnFile>();

  constructor(catalog: Catalog, world: World) {
    this.#catalog = catalog;
    this.#world = world;
    this.#cast = castOf(catalog);
    this.#pages = new Pages(this.#cast, world.seed, world.rate);
    this.#judge = new Judge(catalog, this.#cast, world.seed);
    this.#teller = new Teller(catalog, this.#cast, this.#pages, world.timeline, (page, slot, moment) =>
      this.#isBad(page, slot, moment),
    );
  }

  /** Lines that the service writes at `from` or later and before `to` (ms since the epoch), in order of time. */
  linesBetween(service: string, from: number, to: number): LogRecord[] {
    return this.#told(this.#due([this.#indexOf(service)], from, to));
  }

  /** The same for all services together. */
  allLinesBetween(from: number, to: number): LogRecord[] {
    return this.#told(this.#due([...this.#catalog.services.keys()], from, to));
  }

  /** The lines of all services in the interval as text, in order of time, but at most `limit` of them. */
  textBetween(from: number, to: number, limit = Number.POSITIVE_INFINITY): RangeText {
    const records = this.allLinesBetween(from, to).slice(0, limit);
    const tally = this.#catalog.services.map(() => [0, 0, 0, 0] as [number, number, number, number]);
    for (const { service, level } of records) {
      const index = this.#catalog.services.findIndex(({ logName }) => logName === service);
      const counts = tally[index] as number[];
      counts[level / 10 - 2] = (counts[level / 10 - 2] as number) + 1;
    }
    const text = records.map((record) => `${formatRecord(record)}\n`).join('');
    return { bytes: new Uint8Array(Buffer.from(text)), lines: records.length, tally };
  }

  /** How many lines are due over all services in the interval, those of services that are down too. */
  dueBetween(from: number, to: number): number {
    return this.#due([...this.#catalog.services.keys()], from, to).length;
  }

  /** The time of line number `count`, 1 for the first, of those due over all services at `from` or later. */
  timeOfLine(from: number, count: number): number {
    let to = from;
    while (this.dueBetween(from, to) < count) to++;
    return to - 1;
  }

  /** How many lines `linesBetween` would give; for an interval of more than a thousand pages, their average. */
  countBetween(service: string, from: number, to: number): number {
    const { lines, ms } = this.pageOf(service);
    if (to - from > 1000 * ms) return Math.round(((to - from) / ms) * lines);
    return this.#due([this.#indexOf(service)], from, to).length;
  }

  /** Time of the service's first line in the interval; undefined when there is none. */
  nextLineTime(service: string, from: number, to: number): number | undefined {
    return this.#due([this.#indexOf(service)], from, to)[0]?.time;
  }

  /** Lines that the service has in every page, and the page's length in ms. */
  pageOf(service: string): { readonly lines: number; readonly ms: number } {
    return { lines: (this.#cast.slotsOf[this.#indexOf(service)] as readonly number[]).length, ms: this.#pages.length };
  }

  /** The service's lines of the journeys that begin in a page, in order of time, wherever they end. */
  linesOfPage(service: string, index: number): LogRecord[] {
    const onFile = this.#page(index);
    const slots = this.#slotsInOrder(onFile, this.#indexOf(service));
    return slots.map((slot) => this.#teller.record(onFile.page, slot));
  }

  #indexOf(service: string): number {
    const index = this.#catalog.services.findIndex(({ name }) => name === service);
    if (index < 0) throw new RangeError(`No service named ${service}`);
    return index;
  }

  /** What is due in the interval and not silenced by its service being down. The order is total: time, page, slot. */
  #due(services: readonly number[], from: number, to: number): Line[] {
    const [first, last] = this.#pages.spanOf(from, to);
    const lines: Line[] = [];
    for (let index = first; index <= last; index++) {
      const onFile = this.#page(index);
      const { page } = onFile;
      if (page.last < from) continue;
      for (const service of services) {
        const { name } = this.#catalog.services[service] as CompiledService;
        for (const slot of this.#slotsInOrder(onFile, service)) {
          const time = page.times[slot] as number;
          if (time < from) continue;
          if (time >= to) break;
          if (!momentAt(this.#world.timeline, time).down.includes(name)) lines.push({ page, slot, time });
        }
      }
    }
    this.#forget(first);
    lines.sort((a, b) => a.time - b.time || a.page.index - b.page.index || a.slot - b.slot);
    return this.#world.gaps ? this.#withoutGaps(lines, this.#world.gaps) : lines;
  }

  #withoutGaps(lines: readonly Line[], gaps: readonly Gap[]): Line[] {
    const atTheEdge = new Map<Gap, number>();
    return lines.filter(({ slot, time }) => {
      const { name } = this.#catalog.services[(this.#cast.slots[slot] as Slot).step.service] as CompiledService;
      const gap = gaps.find(({ service, from, to }) => service === name && time >= from && time < to);
      if (!gap) return true;
      if (time > gap.from) return false;
      const before = atTheEdge.get(gap) ?? 0;
      atTheEdge.set(gap, before + 1);
      return before < gap.kept;
    });
  }

  #told(lines: readonly Line[]): LogRecord[] {
    return lines.map(({ page, slot }) => this.#teller.record(page, slot));
  }

  #page(index: number): PageOnFile {
    let onFile = this.#onFile.get(index);
    if (!onFile) {
      onFile = { page: this.#pages.page(index), inOrder: new Map(), verdicts: new Map() };
      this.#onFile.set(index, onFile);
    }
    return onFile;
  }

  #slotsInOrder({ page, inOrder }: PageOnFile, service: number): readonly number[] {
    let slots = inOrder.get(service);
    if (!slots) {
      const { times } = page;
      slots = [...(this.#cast.slotsOf[service] as readonly number[])].sort(
        (a, b) => (times[a] as number) - (times[b] as number) || a - b,
      );
      inOrder.set(service, slots);
    }
    return slots;
  }

  #isBad(page: Page, slot: number, moment: Moment): boolean {
    const { verdicts } = this.#page(page.index);
    let judged = verdicts.get(moment);
    if (!judged) {
      judged = this.#judge.verdicts(page, moment);
      verdicts.set(moment, judged);
    }
    return judged[slot] === 1;
  }

  /** Time goes forward for whoever asks: pages before those just looked at are not kept. */
  #forget(first: number): void {
    for (const index of this.#onFile.keys()) {
      if (index < first) this.#onFile.delete(index);
    }
  }
}
