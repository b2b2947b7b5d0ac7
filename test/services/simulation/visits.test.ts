import { describe, expect, test } from 'vitest';
import type { PartOfVisit } from '../../../services/definition/definition.ts';
import type { Page, Pages } from '../../../services/simulation/page.ts';
import { type Visit, Visits } from '../../../services/simulation/visits.ts';
import { TRAFFIC } from '../../../shared/world.ts';
import { median } from '../../tools/statistics.ts';
import { NOON } from '../worlds.ts';
import { trafficPages } from './traffic-pages.ts';

const RATES = [0.1, 1, 10, 1_000, 100_000];

/** A journey of a visit. */
interface Part {
  readonly name: string;
  readonly journey: number;
  readonly isRepeated: boolean;
  /** When it may come in a visit, in s. */
  readonly seconds: PartOfVisit['seconds'];
  /** In ms since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly page: number;
  /** Longest duration that a journey of its kind may have, in ms. */
  readonly maxMs: number;
}

/** Finds the visits that begin in a page, whose journeys are spread over many pages. */
class VisitReader {
  readonly #pages: Pages;
  readonly #visits: Visits;
  readonly #made = new Map<number, Page>();

  constructor(pages: Pages, visits: Visits) {
    this.#pages = pages;
    this.#visits = visits;
  }

  visitsOf(begin: number): readonly (readonly Part[])[] {
    const { journeys, firstStage, stages } = this.#pages.template;
    const visits = new Map<number, Part[]>();
    journeys.forEach(({ name, journey: { visit } }, index) => {
      if (!visit) return;
      const page = 2 * begin - (this.#visits.of(begin, index) as Visit).page;
      const { ordinal, isRepeated } = this.#visits.of(page, index) as Visit;
      const { starts, durations } = this.#page(page);
      const start = starts[index] as number;
      const taken = durations.subarray(firstStage[index], firstStage[index + 1] ?? stages.length);
      const end = start + taken.reduce((sum, ms) => sum + ms, 0);
      const maxMs = this.#pages.durations.maxMsOf[index] as number;
      const part = { name, journey: index, isRepeated, seconds: visit.seconds, start, end, page, maxMs };
      visits.set(ordinal, [...(visits.get(ordinal) ?? []), part]);
    });
    return [...visits.values()];
  }

  #page(index: number): Page {
    const page = this.#made.get(index) ?? this.#pages.page(index);
    this.#made.set(index, page);
    return page;
  }
}

const has = (visit: readonly Part[], kind: string): boolean => visit.some(({ name }) => name === kind);

describe.each(RATES.flatMap((rate) => TRAFFIC.map((traffic) => [rate, traffic] as const)))(
  'at %d lines a second, %s',
  (rate, traffic) => {
    const pages = trafficPages(rate, { traffic });
    const visits = new Visits(pages, 1);
    const reader = new VisitReader(pages, visits);
    const { journeys } = pages.template;
    const now = pages.pageAt(NOON);

    test('every journey of a customer in the shop belongs to one visit, which began as many pages before on every page', () => {
      journeys.forEach(({ journey: { visit } }, index) => {
        const back = [now, now + 1, now + 77, now + 100_000].map((page) => {
          const own = visits.of(page, index);
          return own && page - own.page;
        });
        expect(new Set(back).size).toBe(1);
        expect(back[0] === undefined).toBe(visit === undefined);
        expect(back[0] ?? 0).toBeGreaterThanOrEqual(0);
        if (visit?.seconds[1] === 0) expect(back[0]).toBe(0);
      });
    });

    test('as many of the visits that begin in a page have a kind of journey as it says', () => {
      const begun = reader.visitsOf(now);
      for (const { name, journey } of new Set(journeys)) {
        if (!journey.visit) continue;
        const own = begun.flat().filter((part) => part.name === name);
        expect(own).toHaveLength(journey.perPage as number);
        expect(own.filter(({ isRepeated }) => !isRepeated)).toHaveLength(journey.visit.visits);
        expect(begun.filter((visit) => has(visit, name))).toHaveLength(journey.visit.visits);
      }
    });

    test('what comes later in a visit begins when what comes before is over', () => {
      let pairs = 0;
      for (const parts of [now, now + 1, now + 5].flatMap((page) => reader.visitsOf(page))) {
        for (const before of parts) {
          for (const later of parts) {
            const isBefore = before.seconds[0] < later.seconds[0] && before.seconds[1] <= later.seconds[0];
            if (!isBefore) continue;
            expect(later.start, `${before.name}, then ${later.name}`).toBeGreaterThanOrEqual(before.end);
            // And would, however long it took and however dense the traffic were.
            const leastMs = ((later.page - before.page - 1) * pages.lengthMs) / pages.maxDensity;
            expect(leastMs).toBeGreaterThanOrEqual(before.maxMs);
            pairs++;
          }
        }
      }
      expect(pairs).toBeGreaterThan(200);
    });

    test('an order has a basket, filled before by a journey that the visit cannot spare', () => {
      for (const parts of reader.visitsOf(now)) {
        const checkouts = parts.filter(({ name }) => name === 'checkout');
        expect(checkouts.length).toBeLessThanOrEqual(1);
        const filling = parts.filter(({ name, journey }) => name === 'add-to-basket' && !visits.canSpare(journey));
        expect(filling).toHaveLength(checkouts.length);
      }
      for (const [index, { name }] of journeys.entries())
        if (name !== 'add-to-basket') expect(visits.canSpare(index)).toBe(true);
    });
  },
);

test('visits differ: a few buy, most only look around, and no two pages have the same ones', () => {
  const pages = trafficPages(10);
  const reader = new VisitReader(pages, new Visits(pages, 1));
  const now = pages.pageAt(NOON);
  const all = Array.from({ length: 50 }, (_, page) => reader.visitsOf(now + page)).flat();
  const share = (kind: string): number => all.filter((visit) => has(visit, kind)).length / all.length;
  expect(share('checkout')).toBeLessThan(0.3);
  expect(share('add-to-basket')).toBeLessThan(0.4);
  expect(share('sign-in')).toBeLessThan(0.4);
  const scripts = new Set(all.map((visit) => visit.map(({ name }) => name).join()));
  expect(scripts.size).toBeGreaterThan(150);
  const sizes = all.map(({ length }) => length);
  expect(median(sizes)).toBeLessThanOrEqual(3);
  expect(Math.max(...sizes)).toBeGreaterThanOrEqual(10);
});

test('a visit is as long as the journeys of the shop say, for some visitors shorter, for others longer', () => {
  const pages = trafficPages(200);
  const reader = new VisitReader(pages, new Visits(pages, 1));
  const untilCheckout = Array.from({ length: 10 }, (_, page) => reader.visitsOf(pages.pageAt(NOON) + page))
    .flat()
    .flatMap((parts) => {
      const [signIn, checkout] = ['sign-in', 'checkout'].map((kind) => parts.find(({ name }) => name === kind));
      return signIn && checkout ? [(checkout.start - signIn.start) / 1000] : [];
    });
  expect(untilCheckout.length).toBeGreaterThan(20);
  expect(Math.min(...untilCheckout)).toBeGreaterThan(230);
  expect(Math.abs(median(untilCheckout) - 390)).toBeLessThan(90);
  expect(Math.max(...untilCheckout)).toBeGreaterThan(450);
  expect(Math.max(...untilCheckout)).toBeLessThan(560);
});

test('no two visits have the same key, and another seed has others', () => {
  const pages = trafficPages(10);
  const now = pages.pageAt(NOON);
  const keysOf = (seed: number): number[] => {
    const visits = new Visits(pages, seed);
    return Array.from({ length: 18_000 }, (_, index) => {
      return visits.keyOf({ page: now + Math.floor(index / 18), ordinal: index % 18 });
    });
  };
  const keys = new Set(keysOf(1));
  expect(keys.size).toBe(18_000);
  expect(keysOf(2).filter((key) => keys.has(key)).length).toBeLessThan(5);
});
