import { describe, expect, test } from 'vitest';
import type { Page, Pages } from '../../../services/simulation/page.ts';
import { Visits } from '../../../services/simulation/visits.ts';
import { TRAFFIC } from '../../../shared/world.ts';
import { median } from '../../tools/statistics.ts';
import { NOON } from '../worlds.ts';
import { trafficPages } from './traffic-pages.ts';

const RATES = [0.1, 1, 10, 1_000, 100_000];

/** A journey of a visit. */
interface Part {
  readonly name: string;
  /** When it comes in a visit, in s. */
  readonly after: number;
  /** Index among those of its kind in the visit. */
  readonly repeat: number;
  /** In ms since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly page: number;
  /** Longest duration that a journey of its kind may have, in ms. */
  readonly maxMs: number;
}

/** Finds the journeys of a visit, which are spread over many pages. */
class VisitReader {
  readonly #pages: Pages;
  readonly #visits: Visits;
  readonly #made = new Map<number, Page>();

  constructor(pages: Pages, visits: Visits) {
    this.#pages = pages;
    this.#visits = visits;
  }

  partsOf(page: number, ordinal: number): Part[] {
    const { journeys, firstStage, stages } = this.#pages.template;
    const seen = new Map<string, number>();
    return journeys.flatMap(({ name, journey }, index): Part[] => {
      const own = this.#visits.of(page, index);
      if (own?.ordinal !== ordinal || journey.visit === undefined) return [];
      const made = this.#page(page + page - own.page);
      const { starts, durations } = made;
      const start = starts[index] as number;
      const taken = durations.subarray(firstStage[index], firstStage[index + 1] ?? stages.length);
      const repeat = seen.get(name) ?? 0;
      seen.set(name, repeat + 1);
      const end = start + taken.reduce((sum, ms) => sum + ms, 0);
      const maxMs = this.#pages.durations.maxMsOf[index] as number;
      return [{ name, after: journey.visit, repeat, start, end, page: made.index, maxMs }];
    });
  }

  #page(index: number): Page {
    const page = this.#made.get(index) ?? this.#pages.page(index);
    this.#made.set(index, page);
    return page;
  }
}

describe.each(RATES.flatMap((rate) => TRAFFIC.map((traffic) => [rate, traffic] as const)))(
  'at %d lines a second, %s',
  (rate, traffic) => {
    const pages = trafficPages(rate, { traffic });
    const visits = new Visits(pages, 1);
    const { journeys } = pages.template;
    const now = pages.pageAt(NOON);
    const perPage = journeys.filter(({ journey }) => journey.visit === 0).length;
    const ordinals = Array.from({ length: perPage }, (_, ordinal) => ordinal);

    test('every journey of a customer in the shop belongs to one visit, and every visit has all of its journeys', () => {
      const places = journeys.map((_, index) => visits.of(now, index));
      const kinds = new Set(journeys.map(({ name }) => name));
      for (const kind of kinds) {
        const own = [...journeys.keys()].filter((index) => journeys[index]?.name === kind);
        const { visit } = journeys[own[0] as number]?.journey ?? {};
        if (visit === undefined) {
          for (const index of own) expect(places[index]).toBeUndefined();
          continue;
        }
        const counts = ordinals.map((ordinal) => own.filter((index) => places[index]?.ordinal === ordinal).length);
        const [least, most] = [Math.floor(own.length / perPage), Math.ceil(own.length / perPage)];
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(own.length);
        for (const count of counts) expect([least, most]).toContain(count);
        if (visit === 0) for (const index of own) expect(places[index]?.page).toBe(now);
      }
      // So it is on every page, which makes it a bijection.
      for (const page of [now + 1, now + 77, now + 100_000])
        journeys.forEach((_, index) => {
          const place = places[index];
          expect(visits.of(page, index)).toEqual(place && { ...place, page: place.page + page - now });
        });
    });

    test('what comes later in a visit begins when what comes before is over', () => {
      const reader = new VisitReader(pages, visits);
      let pairs = 0;
      for (const page of [now, now + 1, now + 5]) {
        for (const ordinal of ordinals) {
          const parts = reader.partsOf(page, ordinal);
          for (const before of parts.filter(({ repeat }) => repeat === 0)) {
            for (const later of parts.filter(({ after }) => after > before.after)) {
              expect(later.start, `${before.name}, then ${later.name}`).toBeGreaterThanOrEqual(before.end);
              // And would, however long it took and however dense the traffic were.
              const leastMs = ((later.page - before.page - 1) * pages.lengthMs) / pages.maxDensity;
              expect(leastMs).toBeGreaterThanOrEqual(before.maxMs);
              pairs++;
            }
          }
          // Whoever looks at many things buys when all are seen.
          const checkout = parts.find(({ name }) => name === 'checkout');
          for (const { after, end } of parts)
            if (checkout && after < checkout.after) expect(checkout.start).toBeGreaterThanOrEqual(end);
        }
      }
      expect(pairs).toBeGreaterThan(1_000);
    });

    test('an order that is placed in it belongs to it, and to no other', () => {
      const { orderJourneys } = pages.template;
      const orders = ordinals.flatMap((ordinal) => {
        const order = visits.orderOf({ page: now, ordinal });
        if (order === undefined) return [];
        const page = Math.floor(order / orderJourneys.length);
        expect(visits.of(page, orderJourneys[order % orderJourneys.length] as number)).toMatchObject({
          page: now,
          ordinal,
        });
        return [order];
      });
      expect(new Set(orders).size).toBe(orderJourneys.length);
    });
  },
);

test('a visit is as long as the journeys of the shop say, for some visitors shorter, for others longer', () => {
  const pages = trafficPages(200);
  const visits = new Visits(pages, 1);
  const reader = new VisitReader(pages, visits);
  const untilCheckout = Array.from({ length: 18 }, (_, ordinal) => reader.partsOf(pages.pageAt(NOON), ordinal)).flatMap(
    (parts) => {
      const [signIn, checkout] = ['sign-in', 'checkout'].map((kind) => parts.find(({ name }) => name === kind));
      return signIn && checkout ? [(checkout.start - signIn.start) / 1000] : [];
    },
  );
  expect(untilCheckout.length).toBeGreaterThan(10);
  expect(Math.min(...untilCheckout)).toBeGreaterThan(100);
  expect(Math.min(...untilCheckout)).toBeLessThan(250);
  expect(Math.abs(median(untilCheckout) - 290)).toBeLessThan(80);
  expect(Math.max(...untilCheckout)).toBeGreaterThan(350);
  expect(Math.max(...untilCheckout)).toBeLessThan(600);
});

test('no two visits have the same key, and another seed has others', () => {
  const pages = trafficPages(10);
  const keysOf = (seed: number): number[] => {
    const visits = new Visits(pages, seed);
    const now = pages.pageAt(NOON);
    return Array.from({ length: 18_000 }, (_, index) => {
      return visits.keyOf({ page: now + Math.floor(index / 18), ordinal: index % 18 });
    });
  };
  const keys = new Set(keysOf(1));
  expect(keys.size).toBe(18_000);
  expect(keysOf(2).filter((key) => keys.has(key)).length).toBeLessThan(5);
});
