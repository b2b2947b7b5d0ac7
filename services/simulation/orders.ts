import type { CompiledJourney } from './catalog.ts';
import { deriveKey, skewedInt, uniformInt } from './hash.ts';
import type { Pages } from './page.ts';

/** How far back a recent order may lie, in orders. */
const MAX_ORDERS_BACK = 400;

/** How long ago a past order was placed, in ms: longer than most logs, so they do not show what became of it. */
const PAST_ORDER_AGE_MS = 40 * 24 * 3_600_000;

/**
 * Number of the order that a journey concerns, counted since 1970: the one it places, or one placed earlier; undefined
 * for journeys without an order.
 * @param page index of the page
 * @param journey index of the journey in the page
 * @param key of the journey
 */
export function orderOf(pages: Pages, page: number, journey: number, key: number): number | undefined {
  const { journeys, indexWithinKind, orderJourneys, maxJourneyMs } = pages.template;
  const { places, about, perPage } = (journeys[journey] as CompiledJourney).journey;
  const ordinal = indexWithinKind[journey] as number;
  if (places === 'order') return page * orderJourneys.length + ordinal;
  switch (about) {
    case undefined:
      return undefined;
    case 'recent-order':
      // Not one whose checkout is still going on.
      return Math.max(0, firstOrder(pages, page, maxJourneyMs) - 1 - skewedInt(deriveKey(key, 3), 0, MAX_ORDERS_BACK));
    case 'past-order': {
      // Each journey of its kind takes from its own share of the orders of one page, so no two concern the same order if
      // there are enough.
      const low = Math.floor((ordinal * orderJourneys.length) / perPage);
      const high = Math.floor(((ordinal + 1) * orderJourneys.length) / perPage) - 1;
      return firstOrder(pages, page, PAST_ORDER_AGE_MS) + uniformInt(deriveKey(key, 3), low, Math.max(low, high));
    }
    default:
      return about satisfies never;
  }
}

/** Number of the first order of the page that ends `ms` or more before this one does. */
function firstOrder({ template, lengthMs }: Pages, page: number, ms: number): number {
  return Math.max(0, page - Math.ceil(ms / lengthMs)) * template.orderJourneys.length;
}

/** Key of the journey that placed the order. */
export function checkoutKeyOf(pages: Pages, order: number): number {
  const { orderJourneys } = pages.template;
  return pages.journeyKey(
    Math.floor(order / orderJourneys.length),
    orderJourneys[order % orderJourneys.length] as number,
  );
}
