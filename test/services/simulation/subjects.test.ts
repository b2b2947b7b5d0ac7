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
    /** The checkouts that began lately, by the number of their order. */
    const checkouts = new Map(
      Array.from({ length: 200 }, (_, back) => pages.page(now + 20 - back)).flatMap(({ index, starts, durations }) =>
        orderJourneys.map((journey) => {
          const taken = durations.subarray(template.firstStage[journey], template.firstStage[journey + 1]);
          const start = starts[journey] as number;
          const end = start + taken.reduce((sum, ms) => sum + ms, 0);
          return [subjectOf(index, journey).order, { start, end }] as const;
        }),
      ),
    );
    /** How long before a page an order was placed that no checkout placed, in hours of even time. */
    const ordersPerPage = subjectOf(now + 1_000, orderJourneys[0] as number).order / (now + 1_000);
    const ageOf = (order: number, page: number): number => ((page - order / ordersPerPage) * pages.lengthMs) / HOUR;

    test('their numbers ascend with the begin of their checkouts, within a page and from page to page', () => {
      const placed = [...checkouts].sort(([a], [b]) => a - b);
      expect(placed).toHaveLength(200 * orderJourneys.length);
      const starts = placed.map(([, { start }]) => start);
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

    test('that somebody looks up without having just placed one belong to the visit that does', () => {
      for (const journey of indexesOf('order-status')) {
        const own = visits.of(now, journey);
        const found = subjectOf(now, journey);
        expect(found.subject).toBe(own && visits.keyOf(own));
        expect(found.targetKey).toBe(subjects.keyOfOrder(found.order));
      }
    });

    test('that are recent, and of no visit in particular, were placed lately, and their checkout is over', () => {
      for (let page = now; page < now + 5; page++) {
        for (const journey of indexesOf('rate')) {
          const { order, subject } = subjectOf(page, journey);
          const end = checkouts.get(order)?.end;
          if (end !== undefined) expect(pages.page(page).starts[journey]).toBeGreaterThanOrEqual(end);
          const latest = Math.ceil((pages.durations.maxMs * pages.maxDensity) / pages.lengthMs) + 1;
          const pagesBack = page - order / ordersPerPage;
          expect(pagesBack).toBeLessThanOrEqual(401 / orderJourneys.length + latest);
          expect(subject).toBe(subjects.keyOfOrder(order));
        }
      }
    });

    test("that were placed earlier are no checkout's, each concerned once, and mostly of the last days", () => {
      const kinds = ['refund', 'provider-webhook', 'order-status'];
      const all = Array.from({ length: 500 }, (_, page) =>
        kinds.flatMap((kind) => ordersOf(kind, now + page).map((order) => ({ kind, order, page: now + page }))),
      ).flat();
      expect(new Set(all.map(({ order }) => order)).size).toBe(all.length);
      for (const { order, page } of all) {
        expect(checkouts.has(order)).toBe(false);
        expect(subjects.keyOfOrder(order)).not.toBe(subjects.keyOfOrder(order + 1));
        expect(page - order / ordersPerPage).toBeGreaterThan(1);
      }
      // At few lines a second an age is a multiple of a long time.
      if (rate < 10) return;
      const agesOf = (name: string) => all.filter(({ kind }) => kind === name).map((o) => ageOf(o.order, o.page));
      for (const [kind, most] of [
        ['refund', 900],
        ['provider-webhook', 96],
        ['order-status', 8_760],
      ] as const) {
        const ages = agesOf(kind);
        expect(Math.min(...ages)).toBeGreaterThan(1);
        expect(Math.min(...ages)).toBeLessThan(12);
        expect(Math.max(...ages)).toBeGreaterThan(0.5 * most);
        expect(Math.max(...ages)).toBeLessThan(1.1 * most + 2);
        // Recent ones are more frequent, and no age is that of many.
        expect(ages.filter((age) => age < most / 4).length / ages.length).toBeGreaterThan(0.4);
        expect(new Set(ages.map((age) => Math.round(age))).size).toBeGreaterThan(30);
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

test('what a service writes by itself is about goods of a checkout of the last minutes', () => {
  const pages = trafficPages(10);
  const subjects = new Subjects(pages, 1);
  const { journeys, orderJourneys } = pages.template;
  const goodsOf = (page: number, journey: number) =>
    subjects.find(page, journey, pages.journeyKey(page, journey)).goods;
  const own = [...journeys.keys()].filter((journey) => journeys[journey]?.name === 'background of inventory');
  for (let page = 1_000_000; page < 1_000_020; page++) {
    const ordered = [1, 2, 3].flatMap((back) => orderJourneys.map((journey) => goodsOf(page - back, journey)));
    const goods = own.map((journey) => goodsOf(page, journey));
    expect(goods.filter((key) => !ordered.includes(key))).toEqual([]);
    expect(new Set(goods).size).toBe(Math.min(own.length, orderJourneys.length));
  }
});
