import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { checkoutKeyOf, orderOf } from '../../../services/simulation/orders.ts';
import { Pages } from '../../../services/simulation/page.ts';
import { pageTemplateOf } from '../../../services/simulation/page-template.ts';
import { NOON } from '../worlds.ts';

const DAY = 24 * 3_600_000;
const template = pageTemplateOf(await loadCatalog());
const kindsAbout = (wanted: string) =>
  template.journeys.flatMap(({ journey }, index) => ((journey.places ?? journey.about) === wanted ? [index] : []));

describe.each([1, 10, 1000, 100_000])('orders at %i lines a second', (rate) => {
  const pages = new Pages(template, 1, rate);
  const now = Math.floor(NOON / pages.lengthMs);
  const ordersOf = (journeys: readonly number[], page: number) =>
    journeys.map((journey) => orderOf(pages, page, journey, pages.journeyKey(page, journey)) as number);
  const placedIn = (order: number) => Math.floor(order / template.orderJourneys.length) * pages.lengthMs;

  test('each checkout places its own, numbered in page order', () => {
    const placed = [now, now + 1].flatMap((page) => ordersOf(kindsAbout('order'), page));
    expect(placed).toEqual(placed.map((_, index) => (placed[0] as number) + index));
    const [checkout] = kindsAbout('order') as [number];
    expect(checkoutKeyOf(pages, placed[0] as number)).toBe(pages.journeyKey(now, checkout));
  });

  test('a recent one was placed earlier, and its checkout is over', () => {
    for (let page = now; page < now + 50; page++) {
      for (const order of ordersOf(kindsAbout('recent-order'), page)) {
        expect(placedIn(order) + pages.lengthMs + template.maxJourneyMs).toBeLessThanOrEqual(
          page * pages.lengthMs + pages.lengthMs,
        );
        expect(page * template.orderJourneys.length - order).toBeLessThan(
          401 + (template.maxJourneyMs / pages.lengthMs + 2) * template.orderJourneys.length,
        );
      }
    }
  });

  test('a past one is weeks old, and none is refunded twice', () => {
    const refunds = kindsAbout('past-order').filter((index) => template.journeys[index]?.name === 'refund');
    const refunded = Array.from({ length: 200 }, (_, page) => ordersOf(refunds, now + page)).flat();
    expect(new Set(refunded).size).toBe(refunded.length);
    for (const order of refunded.slice(0, refunds.length)) {
      const age = now * pages.lengthMs - placedIn(order);
      expect(age).toBeGreaterThanOrEqual(40 * DAY);
      expect(age).toBeLessThanOrEqual(40 * DAY + 2 * pages.lengthMs);
    }
  });
});

test('journeys without an order have none', () => {
  const pages = new Pages(template, 1, 10);
  const browse = template.journeys.findIndex(({ name }) => name === 'browse');
  expect(orderOf(pages, 1_000_000, browse, 7)).toBeUndefined();
});
