/** Whom and what a journey concerns: its customer, goods and order. */

import type { CompiledJourney } from './catalog.ts';
import { Orders } from './orders.ts';
import type { Pages } from './page.ts';
import { Visits } from './visits.ts';

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
  readonly #orders: Orders;

  constructor(pages: Pages, seed: number) {
    this.#pages = pages;
    this.#visits = new Visits(pages, seed);
    this.#orders = new Orders(pages, this.#visits, seed);
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
      const goods = visit ? (visit.isRepeated ? key : visitKey) : this.#goodsOf(page, journey, key);
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
    const { journeys, indexWithinKind } = this.#pages.template;
    const { visit, places, about } = (journeys[journey] as CompiledJourney).journey;
    if (places === 'order') return this.#orders.placedBy(page, indexWithinKind[journey] as number);
    if (about === undefined) return undefined;
    return about === 'recent-order' && !visit ? this.#orders.recent(page, key) : this.#orders.earlier(page, journey);
  }

  /** Key of the customer and goods of an order. */
  keyOfOrder(order: number): number {
    return this.#orders.keyOf(order);
  }

  /** What a service writes by itself, such as an event of the stock, follows from what was ordered shortly before. */
  #goodsOf(page: number, journey: number, key: number): number {
    const { journeys, indexWithinKind, orderJourneys } = this.#pages.template;
    const { steps, journey: kind } = journeys[journey] as CompiledJourney;
    if (!steps[0]?.isOwnLine || orderJourneys.length === 0) return key;
    return this.#orders.goodsOrderedBefore(page, (indexWithinKind[journey] as number) / (kind.perPage ?? 1));
  }
}
