/** The numbers of orders, and which order a journey is about. */

import type { CompiledJourney } from './catalog.ts';
import { deriveKey, keyAt, seedKey, skewedInt, unit } from './hash.ts';
import type { Pages } from './page.ts';
import type { Visits } from './visits.ts';

/** How far back a recent order may lie, in orders. */
const MAX_ORDERS_BACK = 400;

const HOUR_MS = 3_600_000;
/** Quantiles k/14 of how long ago earlier orders were placed, in hours: from two hours to a year. */
const AGES = [2, 4, 8, 18, 30, 52, 96, 170, 300, 500, 900, 1700, 3400, 6000, 8760];
/** So many ages there are. Each is a multiple of as many pages, so that no two pages go back to the same one. */
const AGE_COUNT = 64;
/** Odd, so that consecutive pages go through all ages in no visible order. */
const AGE_STEP = 37;
/** A checkout hardly takes longer, in ms of even time. */
const CHECKOUT_MS = 10_000;

/**
 * Every page has the same number of orders. Some are placed by its checkouts, at most one in each cell of consecutive
 * numbers; the others were placed in shops, by phone or at market places, and are what later journeys are about: the log
 * does not show what became of them, so nothing that it says of them can be wrong. Each of these is the subject of one
 * journey only.
 */
export class Orders {
  readonly #pages: Pages;
  readonly #visits: Visits;
  readonly #placesKey: number;
  readonly #elsewhereKey: number;
  /** How many cells a page has, and how many numbers a cell. */
  readonly #cells: number;
  readonly #cellSize: number;
  /** Of each journey that is about an order placed elsewhere its index among these; otherwise -1. */
  readonly #slots: readonly number[];
  /** Of each of them, by the index of an age, how many pages ago its order was placed; the same list for one kind. */
  readonly #pagesBack: readonly (readonly number[])[];

  /** @param seed whole number, 0 to 4294967295 */
  constructor(pages: Pages, visits: Visits, seed: number) {
    const { journeys, orderJourneys } = pages.template;
    let slots = 0;
    this.#pages = pages;
    this.#visits = visits;
    this.#placesKey = seedKey(seed, 'places of orders');
    this.#elsewhereKey = seedKey(seed, 'orders placed elsewhere');
    this.#slots = journeys.map((kind) => (isAboutElsewhere(kind) ? slots++ : -1));
    this.#cells = Math.max(1, orderJourneys.length);
    this.#cellSize = 1 + Math.ceil(slots / this.#cells);
    this.#pagesBack = journeys.map((kind) => (isAboutElsewhere(kind) ? agesOf(kind, pages.lengthMs) : []));
  }

  /** Number of the order that a checkout places. */
  placedBy(page: number, ordinal: number): number {
    return (page * this.#cells + ordinal) * this.#cellSize + this.#placeIn(page, ordinal);
  }

  /** Number of an order placed elsewhere, hours to a year before; no other journey is about it. */
  earlier(page: number, journey: number): number {
    const slot = this.#slots[journey] as number;
    const ages = this.#pagesBack[journey] as readonly number[];
    const back = ages[(page + slot * AGE_STEP) % AGE_COUNT] as number;
    const placed = Math.max(0, page - back);
    const cell = slot % this.#cells;
    const place = Math.floor(slot / this.#cells);
    const first = (placed * this.#cells + cell) * this.#cellSize;
    return first + place + (place < this.#placeIn(placed, cell) ? 0 : 1);
  }

  /** Number of one of the orders that were placed lately, and whose checkouts are over. */
  recent(page: number, key: number): number {
    const { durations, maxDensity } = this.#pages;
    const last = this.#pageBefore(page, durations.maxMs * maxDensity) * this.#cells - 1;
    const index = Math.max(0, last - skewedInt(deriveKey(key, 3), 0, MAX_ORDERS_BACK));
    return this.placedBy(Math.floor(index / this.#cells), index % this.#cells);
  }

  /** Key of the goods of an order that was placed some page before, by its share of that page: 0 to below 1. */
  goodsOrderedBefore(page: number, share: number): number {
    const before = this.#pageBefore(page, CHECKOUT_MS * this.#pages.maxDensity);
    return this.#keyOfPlaced(before, Math.floor(share * this.#cells));
  }

  /** Key of the customer and goods of an order. */
  keyOf(order: number): number {
    const cell = Math.floor(order / this.#cellSize);
    const page = Math.floor(cell / this.#cells);
    const ordinal = cell - page * this.#cells;
    if (order !== this.placedBy(page, ordinal)) return keyAt(this.#elsewhereKey, order);
    return this.#keyOfPlaced(page, ordinal);
  }

  #keyOfPlaced(page: number, ordinal: number): number {
    const journey = this.#pages.template.orderJourneys[ordinal] as number;
    const visit = this.#visits.of(page, journey);
    return visit ? this.#visits.keyOf(visit) : this.#pages.journeyKey(page, journey);
  }

  /** Which of the numbers of its cell an order placed by a checkout has. */
  #placeIn(page: number, ordinal: number): number {
    return Math.floor(unit(keyAt(this.#placesKey, page * this.#cells + ordinal)) * this.#cellSize);
  }

  /** Index of the last page that ends `ms` of even time or more before this one does. */
  #pageBefore(page: number, ms: number): number {
    return Math.max(0, page - Math.ceil(ms / this.#pages.lengthMs));
  }
}

/** True unless the journey is about an order that the log shows. */
function isAboutElsewhere({ journey: { about, visit } }: CompiledJourney): boolean {
  return about === 'past-order' || (about === 'recent-order' && visit !== undefined);
}

/** All ages of the orders of a kind, in pages. */
function agesOf({ journey: { maxOrderAgeHours = AGES.at(-1) as number } }: CompiledJourney, pageMs: number): number[] {
  const last = AGES.findLastIndex((hours) => hours <= maxOrderAgeHours);
  return Array.from({ length: AGE_COUNT }, (_, index) => {
    const position = ((((index * AGE_STEP) % AGE_COUNT) + 0.5) / AGE_COUNT) * last;
    const low = AGES[Math.floor(position)] as number;
    const hours = low + ((AGES[Math.floor(position) + 1] as number) - low) * (position % 1);
    return AGE_COUNT * Math.max(1, Math.round((hours * HOUR_MS) / (AGE_COUNT * pageMs)));
  });
}
