/** Whom and what a journey concerns: its customer, goods and order. */

import type { CompiledJourney } from './catalog.ts';
import { deriveKey, skewedInt, uniformInt } from './hash.ts';
import type { Pages } from './page.ts';
import { Visits } from './visits.ts';

/** How far back a recent order may lie, in orders. */
const MAX_ORDERS_BACK = 400;

const DAY_MS = 24 * 3_600_000;
/** How long ago a past order was placed, in ms: longer than most logs, so they do not show what became of it. */
const PAST_ORDER_AGE_MS = 40 * DAY_MS;
/** And one that a customer looks up who has not just placed another: long enough not to meet a refund of it. */
const OLD_ORDER_AGE_MS = 90 * DAY_MS;

export interface Subject {
  /** Key of the customer: of the visit, or of that in which the order was placed. */
  readonly subject: number;
  /** Key of the goods: the same, but a further product that is looked at is another one. */
  readonly goods: number;
  /** Keys of the session and of the basket. */
  readonly session: number;
  readonly basket: number;
  /** Number of the order, counted since 1970; 0 for journeys without one. */
  readonly order: number;
  /** Key of what the journey uses, such as one of several providers: an order keeps to its own. */
  readonly targetKey: number;
}

/** Finds subjects at once, whatever came before. */
export class Subjects {
  readonly #pages: Pages;
  readonly #visits: Visits;

  constructor(pages: Pages, seed: number) {
    this.#pages = pages;
    this.#visits = new Visits(pages, seed);
  }

  /**
   * @param page index of the page
   * @param journey index of the journey in the page
   * @param key of the journey
   */
  find(page: number, journey: number, key: number): Subject {
    const visit = this.#visits.of(page, journey);
    const visitKey = visit ? this.#visits.keyOf(visit) : key;
    const order = this.orderOf(page, journey, key);
    if (order === undefined) {
      const goods = visit?.isRepeated ? key : visitKey;
      return { subject: visitKey, goods, session: visitKey, basket: visitKey, order: 0, targetKey: key };
    }
    const targetKey = this.keyOfOrder(order);
    const subject = visit ? visitKey : targetKey;
    return { subject, goods: subject, session: visitKey, basket: visitKey, order, targetKey };
  }

  /** Whether the visit of a journey is complete without it. */
  canSpare(journey: number): boolean {
    return this.#visits.canSpare(journey);
  }

  /** Number of the order that a journey concerns: the one it places, or one placed earlier; undefined for none. */
  orderOf(page: number, journey: number, key: number): number | undefined {
    const { journeys, indexWithinKind, orderJourneys } = this.#pages.template;
    const { visit, places, about, perPage = 1 } = (journeys[journey] as CompiledJourney).journey;
    const ordinal = indexWithinKind[journey] as number;
    if (places === 'order') return page * orderJourneys.length + ordinal;
    switch (about) {
      case undefined:
        return undefined;
      case 'recent-order':
        if (!visit) return this.#recentOrder(page, key);
        return this.#firstOrder(page, OLD_ORDER_AGE_MS) + this.#share(ordinal, perPage, key);
      case 'past-order':
        return this.#firstOrder(page, PAST_ORDER_AGE_MS) + this.#share(ordinal, perPage, key);
      default:
        return about satisfies never;
    }
  }

  /** Key of the customer and goods of an order. */
  keyOfOrder(order: number): number {
    const { orderJourneys } = this.#pages.template;
    const page = Math.floor(order / orderJourneys.length);
    const journey = orderJourneys[order % orderJourneys.length] as number;
    const visit = this.#visits.of(page, journey);
    return visit ? this.#visits.keyOf(visit) : this.#pages.journeyKey(page, journey);
  }

  #recentOrder(page: number, key: number): number {
    // Not one whose checkout is still going on.
    const { durations, maxDensity } = this.#pages;
    const last = this.#firstOrder(page, durations.maxMs * maxDensity) - 1;
    return Math.max(0, last - skewedInt(deriveKey(key, 3), 0, MAX_ORDERS_BACK));
  }

  /**
   * One of the orders of a page, by its place among them. Each journey of a kind takes from its own share, so no two concern
   * the same order if there are enough.
   */
  #share(ordinal: number, perPage: number, key: number): number {
    const { length } = this.#pages.template.orderJourneys;
    const low = Math.floor((ordinal * length) / perPage);
    const high = Math.floor(((ordinal + 1) * length) / perPage) - 1;
    return uniformInt(deriveKey(key, 3), low, Math.max(low, high));
  }

  /** Number of the first order of the page that ends `ms` of even time or more before this one does. */
  #firstOrder(page: number, ms: number): number {
    const { template, lengthMs } = this.#pages;
    return Math.max(0, page - Math.ceil(ms / lengthMs)) * template.orderJourneys.length;
  }
}
