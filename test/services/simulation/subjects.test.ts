import { describe, expect, test } from 'vitest';
import { loadBuiltIn } from '../../../services/index.ts';
import { journeys as shopJourneys } from '../../../services/journeys.ts';
import { compileCatalog } from '../../../services/simulation/compile-catalog.ts';
import { Subjects } from '../../../services/simulation/subjects.ts';
import { Visits } from '../../../services/simulation/visits.ts';
import { TRAFFIC } from '../../../shared/world.ts';
import { NOON } from '../worlds.ts';
import { smallService } from './small-service.ts';
import { trafficPages } from './traffic-pages.ts';

const RATES = [0.1, 1, 10, 1_000, 100_000];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const step = {
  good: [{ level: 'INFO', text: '{order} rated' }],
  bad: [{ level: 'WARNING', cause: 'not_rated', text: '{order} not rated' }],
} as const;
/** The built-in services, and one with a journey about an earlier order that is part of no visit. */
const catalog = compileCatalog(
  [
    ...(await loadBuiltIn()),
    smallService({
      journeys: { rate: { perPage: 8, actor: 'customer', about: 'recent-order', stages: { store: [1, 9] } } },
      steps: { 'rate.store': step },
    }),
  ],
  shopJourneys,
);

describe.each(RATES.flatMap((rate) => TRAFFIC.map((traffic) => [rate, traffic] as const)))(
  'orders at %d lines a second, %s',
  (rate, traffic) => {
    const pages = trafficPages(rate, { traffic, catalog });
    const { template } = pages;
    const { journeys, orderJourneys } = template;
    const subjects = new Subjects(pages, 1);
    const visits = new Visits(pages, 1);
    const now = pages.pageAt(NOON);
    const indexesOf = (kind: string): number[] =>
      [...journeys.keys()].filter((index) => journeys[index]?.name === kind);
    const subjectOf = (page: number, journey: number) => subjects.find(page, journey, pages.journeyKey(page, journey));
    const ordersOf = (kind: string, page: number): number[] =>
      indexesOf(kind).map((journey) => subjectOf(page, journey).order);
    /** When the checkout of an order begins and when the last of it is over, in ms since the epoch. */
    const checkoutOf = (order: number) => {
      const page = pages.page(Math.floor(order / orderJourneys.length));
      const journey = orderJourneys[order % orderJourneys.length] as number;
      const taken = page.durations.subarray(template.firstStage[journey], template.firstStage[journey + 1]);
      const start = page.starts[journey] as number;
      return { page: page.index, journey, start, end: start + taken.reduce((sum, ms) => sum + ms, 0) };
    };

    test('their numbers ascend with the begin of their checkouts, within a page and from page to page', () => {
      const placed = Array.from({ length: 20 }, (_, page) => ordersOf('checkout', now + page)).flat();
      expect(placed).toHaveLength(20 * orderJourneys.length);
      expect([...placed].sort((a, b) => a - b)).toEqual(placed.map((_, i) => now * orderJourneys.length + i));
      const starts = [...placed].sort((a, b) => a - b).map((order) => checkoutOf(order).start);
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
    });

    test('concern the customer and the goods of their visit, and keep to their instances', () => {
      for (let page = now; page < now + 5; page++) {
        for (const journey of orderJourneys) {
          const { subject, goods, session, basket, order, targetKey } = subjectOf(page, journey);
          const own = visits.of(page, journey);
          const key = own && visits.keyOf(own);
          expect(new Set([subject, goods, session, basket, targetKey, subjects.keyOfOrder(order)])).toEqual(
            new Set([key]),
          );
        }
      }
    });

    test('that somebody looks up without having just placed one are of long ago, and nobody else looks them up', () => {
      const all = Array.from({ length: 200 }, (_, page) => ordersOf('order-status', now + page)).flat();
      expect(new Set(all).size).toBe(200 * indexesOf('order-status').length);
      for (const journey of indexesOf('order-status')) {
        const own = visits.of(now, journey);
        const found = subjectOf(now, journey);
        expect(found.subject).toBe(own && visits.keyOf(own));
        expect(found.targetKey).toBe(subjects.keyOfOrder(found.order));
        const age = (pages.page(now).starts[journey] as number) - checkoutOf(found.order).start;
        expect(age).toBeGreaterThan(88 * DAY);
      }
    });

    test('that are recent, and of no visit in particular, were placed lately, and their checkout is over', () => {
      const latest = Math.ceil((pages.durations.maxMs * pages.maxDensity) / pages.lengthMs) + 1;
      for (let page = now; page < now + 5; page++) {
        for (const journey of indexesOf('rate')) {
          const { order, subject } = subjectOf(page, journey);
          expect(pages.page(page).starts[journey]).toBeGreaterThanOrEqual(checkoutOf(order).end);
          expect(page * orderJourneys.length - order).toBeLessThanOrEqual(401 + latest * orderJourneys.length);
          expect(subject).toBe(subjects.keyOfOrder(order));
        }
      }
    });

    test('that are past were placed weeks ago, and no two refunds, nor two webhooks, concern the same', () => {
      // A curve of the week is ahead of even time, or behind it, by less than a day.
      const slack = { steady: 0, bursty: HOUR, daily: DAY }[traffic];
      for (const kind of ['refund', 'provider-webhook']) {
        const all = Array.from({ length: 200 }, (_, page) => ordersOf(kind, now + page));
        expect(new Set(all.flat()).size).toBe(200 * indexesOf(kind).length);
        for (const page of [0, 1, 2]) {
          indexesOf(kind).forEach((journey, i) => {
            const order = all[page]?.[i] as number;
            const at = pages.page(now + page).starts[journey] as number;
            const age = at - checkoutOf(order).start;
            const pageMs = 2 * pages.lengthMs;
            expect(age).toBeGreaterThanOrEqual(40 * DAY - slack - pageMs);
            expect(age).toBeLessThanOrEqual(40 * DAY + slack + pageMs);
            expect(subjectOf(now + page, journey).subject).toBe(subjects.keyOfOrder(order));
          });
        }
      }
    });
  },
);

test('all journeys of a visit have one customer, session and basket; those of another have others', () => {
  const pages = trafficPages(10);
  const subjects = new Subjects(pages, 1);
  const visits = new Visits(pages, 1);
  const { journeys } = pages.template;
  const now = pages.pageAt(NOON);
  const keys = new Map<string, Set<number>>();
  for (let page = now; page < now + 30; page++)
    journeys.forEach((_, journey) => {
      const visit = visits.of(page, journey);
      if (!visit) return;
      const found = subjects.find(page, journey, pages.journeyKey(page, journey));
      const name = `${visit.page} ${visit.ordinal}`;
      keys.set(name, new Set([...(keys.get(name) ?? []), found.subject, found.session, found.basket]));
    });
  expect([...keys.values()].filter(({ size }) => size !== 1)).toEqual([]);
  expect(new Set([...keys.values()].flatMap((all) => [...all])).size).toBe(keys.size);
});

test('journeys of no visit and without an order stand for themselves', () => {
  const pages = trafficPages(10);
  const subjects = new Subjects(pages, 1);
  for (const kind of ['password-reset', 'restock', 'campaign']) {
    const journey = pages.template.journeys.findIndex(({ name }) => name === kind);
    expect(subjects.orderOf(1_000_000, journey, 7)).toBeUndefined();
    const itself = { subject: 7, goods: 7, session: 7, basket: 7, order: 0, targetKey: 7 };
    expect(subjects.find(1_000_000, journey, 7)).toEqual(itself);
  }
});
