import { deriveKey, keyAt, seedKey, uniformInt, unit } from './hash.ts';
import type { Pages } from './page.ts';

/** A visit to the shop: that number `ordinal` of those that begin in a page. */
export interface Visit {
  readonly page: number;
  readonly ordinal: number;
  /** Whether the visit has had a journey of the same kind before. */
  readonly isRepeated: boolean;
}

/** The place of a journey in the visits. */
interface Place {
  /** How many pages after that of the visit's begin. */
  readonly pagesBack: number;
  /** Number of the visit, before those of a page are rotated. */
  readonly number: number;
  readonly isRepeated: boolean;
  /** Under which key the visits of a page are rotated; undefined for kinds that must meet others in one visit. */
  readonly rotation: number | undefined;
  /** Whether the visit would be incomplete without it: an order without a basket. */
  readonly isNeeded: boolean;
}

/** How many visits begin in a page: the most that any kind of journey can be in. */
const PER_PAGE = 56;

/**
 * The visits that customers make. Every page has the same journeys, so each of them can belong to a visit that began a
 * fixed number of pages before: it is found at once. Which one it is changes from page to page, a different way for each
 * kind of browsing, so visits differ in what they consist of; many never fill a basket.
 */
export class Visits {
  readonly #key: number;
  /** Of each journey of a page; undefined for those that belong to no visit. */
  readonly #places: readonly (Place | undefined)[];

  constructor(pages: Pages, seed: number) {
    const { journeys, indexWithinKind, orderJourneys } = pages.template;
    const delays = delaysOf(pages);
    this.#key = seedKey(seed, 'visits');
    this.#places = journeys.map(({ name, journey }, index): Place | undefined => {
      const { visit, opens, places, perPage = 1 } = journey;
      if (!visit) return undefined;
      const own = indexWithinKind[index] as number;
      const isRepeated = own >= visit.visits;
      return {
        pagesBack: delays[index] as number,
        number: isRepeated ? skewed((own - visit.visits) / (perPage - visit.visits), visit.visits) : own,
        isRepeated,
        isNeeded: opens === 'basket' && own < orderJourneys.length,
        rotation: opens === 'basket' || places ? undefined : seedKey(seed, `visits that ${name}`),
      };
    });
  }

  /** The visit that a journey belongs to; undefined when it belongs to none. */
  of(page: number, journey: number): Visit | undefined {
    const place = this.#places[journey];
    if (!place) return undefined;
    const begin = page - place.pagesBack;
    const turn = place.rotation === undefined ? 0 : uniformInt(keyAt(place.rotation, begin), 0, PER_PAGE - 1);
    return { page: begin, ordinal: (place.number + turn) % PER_PAGE, isRepeated: place.isRepeated };
  }

  /** Whether the visit of a journey is complete without it. */
  canSpare(journey: number): boolean {
    return !this.#places[journey]?.isNeeded;
  }

  /** Key of a visit: of its customer, session and basket. */
  keyOf({ page, ordinal }: Pick<Visit, 'page' | 'ordinal'>): number {
    return keyAt(this.#key, page * PER_PAGE + ordinal);
  }
}

/** Number of one of `count` visits, mostly of the first: some customers look at many things. */
function skewed(x: number, count: number): number {
  return Math.floor(x * x * count);
}

/**
 * How many pages after the begin of its visit each journey comes: in the time of its kind, but always some page after all
 * kinds whose time is over by then, and after the end of these.
 */
function delaysOf({ template, lengthMs, durations, maxDensity }: Pages): number[] {
  const delays: number[] = new Array(template.journeys.length).fill(0);
  const parts = template.journeys.flatMap(({ journey: { visit } }, index) => (visit ? [{ index, ...visit }] : []));
  parts.sort((a, b) => a.seconds[0] - b.seconds[0]);
  for (const { index, seconds } of parts) {
    const [least, most] = seconds;
    let pages = Math.round(((least + (most - least) * unit(deriveKey(index, 1))) * 1000) / lengthMs);
    for (const before of parts) {
      if (before.seconds[0] >= least || before.seconds[1] > least) continue;
      const longest = Math.ceil(((durations.maxMsOf[before.index] as number) * maxDensity) / lengthMs);
      pages = Math.max(pages, (delays[before.index] as number) + 1 + longest);
    }
    delays[index] = pages;
  }
  return delays;
}
