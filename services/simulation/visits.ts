import { deriveKey, keyAt, seedKey, unit } from './hash.ts';
import type { Pages } from './page.ts';

/** A visit to the shop: that number `ordinal` of those that begin in a page. */
export interface Visit {
  readonly page: number;
  readonly ordinal: number;
  /** Whether the visit has had a journey of the same kind before. */
  readonly isRepeated: boolean;
}

/** The place of a journey in the visits: which one it belongs to, and how many pages after that one's begin. */
interface Place {
  readonly ordinal: number;
  readonly pagesBack: number;
  readonly isRepeated: boolean;
}

/** Visitors are slower or quicker than the time that a definition gives, between these factors. */
const SLOWNESS = { least: 0.5, most: 1.7 };

/** Each further journey of the same kind in a visit comes so long after the one before, in ms. */
const REPEAT_MS = 25_000;

/**
 * The visits that customers make. Every page has the same journeys, so each of them can belong to a fixed one of the
 * visits that began a fixed number of pages before: it is found at once, and every visit has all of its journeys.
 */
export class Visits {
  readonly #key: number;
  /** How many visits begin in a page. */
  readonly #perPage: number;
  /** Of each journey of a page; undefined for those that belong to no visit. */
  readonly #places: readonly (Place | undefined)[];
  /** Of each order journey, by its index among them. */
  readonly #orderPlaces: readonly Place[];

  constructor(pages: Pages, seed: number) {
    const { journeys, indexWithinKind, orderJourneys } = pages.template;
    this.#key = seedKey(seed, 'visits');
    this.#perPage = journeys.filter(({ journey }) => journey.visit === 0).length;
    const afterOf = this.#perPage > 0 ? delaysOf(pages, this.#perPage) : undefined;
    const seen = new Map<string, number>();
    this.#places = journeys.map(({ name, journey }, index) => {
      if (journey.visit === undefined || !afterOf) return undefined;
      // Kinds that begin visits share them; each other kind has its part in all of them.
      const group = journey.visit === 0 ? '' : name;
      const place = seen.get(group) ?? 0;
      seen.set(group, place + 1);
      const ordinal = place % this.#perPage;
      const repeat = Math.floor((indexWithinKind[index] as number) / this.#perPage);
      return { ordinal, pagesBack: afterOf(journey.visit, ordinal, repeat), isRepeated: repeat > 0 };
    });
    this.#orderPlaces = orderJourneys.map(
      (journey) => this.#places[journey] ?? { ordinal: 0, pagesBack: 0, isRepeated: false },
    );
  }

  /** The visit that a journey belongs to; undefined when it belongs to none. */
  of(page: number, journey: number): Visit | undefined {
    const place = this.#places[journey];
    return place && { page: page - place.pagesBack, ordinal: place.ordinal, isRepeated: place.isRepeated };
  }

  /** Number of the order that is placed in a visit; undefined when none is. */
  orderOf({ page, ordinal }: Pick<Visit, 'page' | 'ordinal'>): number | undefined {
    const index = this.#orderPlaces.findIndex((place) => place.ordinal === ordinal);
    if (index < 0) return undefined;
    return (page + (this.#orderPlaces[index] as Place).pagesBack) * this.#orderPlaces.length + index;
  }

  /** Key of a visit: of its customer, session and basket. */
  keyOf({ page, ordinal }: Pick<Visit, 'page' | 'ordinal'>): number {
    return keyAt(this.#key, page * this.#perPage + ordinal);
  }
}

/**
 * How many pages after the begin of visit `ordinal` its journeys of a time come: as long as the time says, but always
 * some page after all that comes before, and after the end of it.
 */
function delaysOf(pages: Pages, perPage: number): (seconds: number, ordinal: number, repeat: number) => number {
  const { template, lengthMs, durations } = pages;
  const times = [...new Set(template.journeys.flatMap(({ journey }) => journey.visit ?? []))].sort((a, b) => a - b);
  const leastPages = 1 + Math.ceil((durations.maxMs * pages.maxDensity) / lengthMs);
  const slowness = Array.from({ length: perPage }, (_, ordinal) => {
    return SLOWNESS.least + (SLOWNESS.most - SLOWNESS.least) * unit(deriveKey(ordinal, 1));
  });
  return (seconds, ordinal, repeat) => {
    const factor = (slowness[ordinal] as number) / lengthMs;
    let delay = 0;
    for (let i = 1; i < times.length && (times[i] as number) <= seconds; i++) {
      const gapMs = ((times[i] as number) - (times[i - 1] as number)) * 1000;
      delay += Math.max(leastPages, Math.round(gapMs * factor));
    }
    return delay + Math.ceil(repeat * REPEAT_MS * factor);
  };
}
