import type { CompiledJourney } from './catalog.ts';
import { Durations } from './durations.ts';
import { deriveKey, keyAt, keysAt, seedKey, unit } from './hash.ts';
import { latenessMs } from './latency.ts';
import { PageMemo } from './page-memo.ts';
import type { PageTemplate, Slot } from './page-template.ts';
import type { States } from './state/fleet-state.ts';
import type { Warp } from './traffic/warp.ts';

/** The journeys of one page. Of what operators did it depends on incidents only, which slow services down. */
export interface Page {
  readonly index: number;
  /** Key of each journey. */
  readonly keys: Int32Array;
  /** Start of each journey, in ms since the epoch. */
  readonly starts: Float64Array;
  /** When each should start by its timetable, which is some ms earlier; for those without one the same. */
  readonly dues: Float64Array;
  /** Duration of each stage of the template, in ms. */
  readonly durations: Int32Array;
  /** When each stage of the template ends, in ms after the start of its journey. */
  readonly ends: Int32Array;
  readonly memo: PageMemo;
}

export interface PagesOptions {
  /** What the random values of these pages are named after; other pages of a world have another name. */
  readonly name: string;
  readonly template: PageTemplate;
  /** Length of a page in even time, in ms; usually not a whole number. */
  readonly lengthMs: number;
  readonly warp: Warp;
  /** Whole number, 0 to 4294967295. */
  readonly seed: number;
  /** The states at an instant, in ms since the epoch. */
  readonly statesAt: (time: number) => States;
  /** In ms, by index. */
  readonly limits: Int32Array;
}

/** Near the edge of a page, in pages, its number cannot be trusted: the two directions of a warp round differently. */
const EDGE = 0.002;

/** How time is cut into pages, and the journeys of each. */
export class Pages {
  /** Length of a page in even time, in ms. */
  readonly lengthMs: number;
  readonly template: PageTemplate;
  readonly durations: Durations;
  /** How many pages a stretch of time can touch is bounded by how dense they are at most. */
  readonly maxDensity: number;
  readonly #warp: Warp;
  readonly #journeySeed: number;
  readonly #orderSeed: number;
  readonly #isOrder: readonly boolean[];
  /** Scratch space, reused for every page: freshly allocated arrays would be collected late. */
  readonly #order: Uint32Array;
  readonly #ends: Float64Array;

  constructor({ name, template, lengthMs, warp, seed, statesAt, limits }: PagesOptions) {
    this.template = template;
    this.lengthMs = lengthMs;
    this.maxDensity = warp.maxDensity;
    this.durations = new Durations(template, seed, statesAt, limits);
    this.#warp = warp;
    this.#journeySeed = seedKey(seed, name);
    this.#orderSeed = seedKey(seed, `order of ${name}`);
    this.#isOrder = template.journeys.map(({ journey }) => journey.places === 'order');
    this.#order = new Uint32Array(template.journeys.length);
    this.#ends = new Float64Array(template.journeys.length + 1);
  }

  /** Key of a journey of any page, without making the page. */
  journeyKey(page: number, journey: number): number {
    return keyAt(this.#journeySeed, page * this.template.journeys.length + journey);
  }

  /** Start of a page, in ms since the epoch; not a whole number. */
  startOf(index: number): number {
    return this.#warp.toTime(index * this.lengthMs);
  }

  /** Where an instant lies, in pages since the epoch; rounded, so for estimates only. */
  positionAt(time: number): number {
    return this.#warp.toEven(time) / this.lengthMs;
  }

  /** Index of the page in which an instant lies. */
  pageAt(time: number): number {
    const position = this.positionAt(time);
    const index = Math.floor(position);
    const inside = position - index;
    if (inside < EDGE && time < this.startOf(index)) return index - 1;
    if (inside > 1 - EDGE && time >= this.startOf(index + 1)) return index + 1;
    return index;
  }

  page(index: number): Page {
    const count = this.template.journeys.length;
    const keys = keysAt(this.#journeySeed, index * count, count);
    const { offsetsMs } = this.template;
    const dues = offsetsMs ? this.#duesByClock(index, offsetsMs) : this.#shuffledStarts(index);
    const starts = offsetsMs ? this.#startsByClock(index, keys, dues) : dues;
    return this.#pageOf({ index, keys, starts, dues }, this.durations.of(keys, starts));
  }

  /**
   * The page as it was known before an instant (ms since the epoch): how long the journeys take that begin later is decided
   * by what operators do until then.
   */
  asKnownBefore({ index, keys, starts, dues }: Page, end: number): Page {
    return this.#pageOf({ index, keys, starts, dues }, this.durations.of(keys, starts, end));
  }

  /** When each line of a page is due, in whole ms since the epoch. */
  timesOf(page: Page): Float64Array {
    return Float64Array.from(this.template.slots, (slot: Slot) => timeOf(page, slot));
  }

  #duesByClock(index: number, offsetsMs: readonly number[]): Float64Array {
    return Float64Array.from(offsetsMs, (offset) => index * this.lengthMs + offset);
  }

  #pageOf(journeys: Pick<Page, 'index' | 'keys' | 'starts' | 'dues'>, durations: Int32Array): Page {
    const ends = this.durations.endsOf(journeys.keys, durations);
    return { ...journeys, durations, ends, memo: new PageMemo(this.template) };
  }

  /** Within the page, as everything that starts in it. */
  #startsByClock(index: number, keys: Int32Array, dues: Float64Array): Float64Array {
    const end = (index + 1) * this.lengthMs;
    return dues.map((due, journey) => {
      const { everySeconds = 0 } = (this.template.journeys[journey] as CompiledJourney).journey;
      return Math.min(due + latenessMs(deriveKey(keys[journey] as number, 902), everySeconds), end - 1);
    });
  }

  /**
   * A shuffled order (Fisher-Yates) and heavy-tailed gaps, scaled to fill the page exactly. Those that place an order keep
   * their order, so that the numbers of orders ascend.
   */
  #shuffledStarts(index: number): Float64Array {
    const count = this.template.journeys.length;
    const key = keyAt(this.#orderSeed, index);
    const order = this.#order;
    for (let i = 0; i < count; i++) order[i] = i;
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(unit(deriveKey(key, i)) * (i + 1));
      const swapped = order[j] as number;
      order[j] = order[i] as number;
      order[i] = swapped;
    }
    const ends = this.#ends;
    let sum = 0;
    for (let i = 0; i <= count; i++) {
      sum += heavyTailed(unit(deriveKey(key, 10_000 + i)));
      ends[i] = sum;
    }
    const { orderJourneys } = this.template;
    const begin = index * this.lengthMs;
    const starts = new Float64Array(count);
    let orders = 0;
    for (let i = 0; i < count; i++) {
      const drawn = order[i] as number;
      const journey = this.#isOrder[drawn] ? (orderJourneys[orders++] as number) : drawn;
      starts[journey] = Math.floor(this.#warp.toTime(begin + ((ends[i] as number) / sum) * this.lengthMs));
    }
    return starts;
  }
}

/** Quantile of a Lomax distribution of shape 1, cut off at 14: mostly short gaps, now and then a lull. */
function heavyTailed(u: number): number {
  return u / (1.07 - u);
}

/** When the line of a slot is due, in whole ms since the epoch. */
export function timeOf({ starts, ends }: Page, { journey, stage }: Slot): number {
  return (starts[journey] as number) + (ends[stage] as number);
}
