import type { CompiledJourney } from './catalog.ts';
import { productNumber } from './entities.ts';
import type { Page, Pages } from './page.ts';
import { cataloguePage, PAGES } from './responses.ts';
import { products } from './sample-data.ts';
import type { Subjects } from './subjects.ts';

/** What has been read stays in a cache for so long, in ms of even time, and at least since the page before. */
const KEPT_MS = 180_000;

/** What is read in a page. */
interface ReadsOfPage {
  /** By each reader: its number. */
  readonly numbers: Int32Array;
  /** 1 at each of these numbers. */
  readonly isRead: Uint8Array;
}

/**
 * Which journeys read what has been read before: a product, or a page of the catalogue. One need not know what was cached
 * then: a look at the journeys of the last minutes tells.
 */
export class Reads {
  readonly #pages: Pages;
  readonly #subjects: Pick<Subjects, 'find'>;
  /** Indexes of the journeys that read something. */
  readonly #readers: readonly number[];
  readonly #pagesBack: number;
  /** A cache that never changes an answer. */
  readonly #kept = new Map<number, ReadsOfPage>();

  constructor(pages: Pages, subjects: Pick<Subjects, 'find'>) {
    const { journeys } = pages.template;
    this.#pages = pages;
    this.#subjects = subjects;
    this.#readers = [...journeys.keys()].filter((index) => journeys[index]?.journey.reads);
    this.#pagesBack = Math.ceil(KEPT_MS / pages.lengthMs);
  }

  /** Of each journey of a page 1 if what it reads has been read shortly before. */
  againIn({ index, keys, starts }: Page): Uint8Array {
    const again = new Uint8Array(keys.length);
    const first = new Map<number, number>();
    const { numbers } = this.#readIn(index);
    for (let reader = 0; reader < numbers.length; reader++) {
      const journey = this.#readers[reader] as number;
      const what = numbers[reader] as number;
      again[journey] = this.#isKept(what, index) ? 1 : 0;
      if (again[journey]) continue;
      const other = first.get(what);
      const isFirst = other === undefined || (starts[journey] as number) < (starts[other] as number);
      if (isFirst) first.set(what, journey);
      if (other !== undefined) again[isFirst ? other : journey] = 1;
    }
    return again;
  }

  /** Whether it was read in one of the pages before. */
  #isKept(what: number, page: number): boolean {
    for (let back = 1; back <= this.#pagesBack; back++) if (this.#readIn(page - back).isRead[what]) return true;
    return false;
  }

  #readIn(page: number): ReadsOfPage {
    const known = this.#kept.get(page);
    if (known) return known;
    const isRead = new Uint8Array(products.length + PAGES + 1);
    const numbers = Int32Array.from(this.#readers, (journey) => this.#numberOf(page, journey));
    for (const number of numbers) isRead[number] = 1;
    // The first is the one that was kept longest; pages are looked at in turn with those shortly before and after.
    if (this.#kept.size > 2 * this.#pagesBack + 8) this.#kept.delete(this.#kept.keys().next().value as number);
    const made = { numbers, isRead };
    this.#kept.set(page, made);
    return made;
  }

  /** Products first, then pages of the catalogue. */
  #numberOf(page: number, journey: number): number {
    const key = this.#pages.journeyKey(page, journey);
    const { reads } = (this.#pages.template.journeys[journey] as CompiledJourney).journey;
    if (reads === 'page') return products.length + cataloguePage(key);
    return productNumber(this.#subjects.find(page, journey, key).goods);
  }
}
