import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClockCast, clockCasts, linesPerSecond, trafficCast } from '../../../services/simulation/casts.ts';
import type { Catalog } from '../../../services/simulation/catalog.ts';
import { compileCatalog } from '../../../services/simulation/compile-catalog.ts';
import { Pages } from '../../../services/simulation/page.ts';
import { pageTemplateOf } from '../../../services/simulation/page-template.ts';
import { Simulation } from '../../../services/simulation/simulation.ts';
import { warpFor } from '../../../services/simulation/traffic/world-warp.ts';
import { TRAFFIC } from '../../../shared/world.ts';
import { median } from '../../tools/statistics.ts';
import { NOON, steadyWorld } from '../worlds.ts';
import { smallService } from './small-service.ts';
import { builtIn, statesOf } from './traffic-pages.ts';

const seed = fc.nat({ max: 4_294_967_295 });
const rate = fc.oneof(fc.double({ min: 0.1, max: 5, noNaN: true }), fc.integer({ min: 1, max: 1_000_000 }));
const names = builtIn.services.map(({ name }) => name);
/** Periods that validation accepts, in s. */
const PERIODS = [1, 5, 30, 60, 120, 300, 600, 1200, 3600, 21_600, 43_200, 86_400];

/** A fleet of one service with these timetables. */
function scheduled(timetables: readonly { readonly everySeconds: number; readonly atSeconds?: number }[]): Catalog {
  const line = smallService().background;
  const entries = timetables.map((timetable, index) => [
    `job ${index}`,
    { ...timetable, good: line.good, bad: line.bad },
  ]);
  return compileCatalog([smallService({ background: { ...line, scheduled: Object.fromEntries(entries) } })], {});
}

/** When each kind begins in a page, in ms from its start. */
function timesOf({ members }: ClockCast): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const { kind, offsetMs = Number.NaN } of members)
    times.set(kind.name, [...(times.get(kind.name) ?? []), offsetMs]);
  return times;
}

describe('what comes by the clock', () => {
  const timetable = fc.constantFrom(...PERIODS).chain((everySeconds) =>
    fc.record({
      everySeconds: fc.constant(everySeconds),
      atSeconds: fc.option(fc.integer({ min: 0, max: everySeconds - 1 })),
    }),
  );
  const timetables = fc
    .array(timetable, { minLength: 1, maxLength: 6 })
    .map((all) =>
      all.map(({ everySeconds, atSeconds }) => ({ everySeconds, ...(atSeconds !== null && { atSeconds }) })),
    );

  test('keeps its period within a page and from page to page', () => {
    fc.assert(
      fc.property(timetables, seed, rate, (all, s, r) => {
        const { casts, slowdown } = clockCasts(scheduled(all), s, r);
        const found = casts.flatMap((cast) => [...timesOf(cast)].map(([name, times]) => ({ cast, name, times })));
        expect(found.map(({ name }) => name).sort()).toEqual(all.map((_, index) => `job ${index} of small`).sort());
        for (const { cast, name, times } of found) {
          const { everySeconds, atSeconds } = all[Number(/\d+/.exec(name)?.[0])] as (typeof all)[number];
          const periodMs = everySeconds * 1000 * slowdown;
          expect(times).toHaveLength(cast.lengthMs / periodMs);
          const [first] = times as [number];
          expect(times).toEqual(times.map((_, index) => first + index * periodMs));
          // The first of the next page comes a period after the last.
          expect(first).toBeGreaterThanOrEqual(0);
          expect(first).toBeLessThan(periodMs);
          expect(Number.isInteger(first)).toBe(true);
          if (atSeconds !== undefined) expect(first).toBe(atSeconds * 1000 * slowdown);
        }
      }),
    );
  });

  test('begins at any time where none is given, at no whole second, under another seed at another', () => {
    const firsts = (s: number) => {
      const { casts } = clockCasts(scheduled(Array.from({ length: 9 }, () => ({ everySeconds: 3600 }))), s, 100);
      return casts.flatMap((cast) => [...timesOf(cast).values()].map(([first]) => first as number));
    };
    expect(new Set(firsts(1).map((ms) => ms % 1000)).size).toBeGreaterThan(7);
    expect(firsts(1)).toEqual(firsts(1));
    expect(firsts(2)).not.toEqual(firsts(1));
  });

  test('is as much at any rate that has room for it', () => {
    const usual = clockCasts(builtIn, 1, 10);
    expect(usual.slowdown).toBe(1);
    expect(usual.casts.length).toBe(2);
    for (const r of [3, 100, 20_000, 1_000_000]) expect(clockCasts(builtIn, 1, r)).toEqual(usual);
  });

  test('comes half as often, or a quarter, and so on, only where it would be too much', () => {
    const shareOf = (r: number) => {
      const { casts, slowdown } = clockCasts(builtIn, 1, r);
      return { share: casts.reduce((sum, cast) => sum + linesPerSecond(cast), 0) / r, slowdown };
    };
    fc.assert(
      fc.property(rate, (r) => {
        const { share, slowdown } = shareOf(r);
        expect(Number.isInteger(Math.log2(slowdown))).toBe(true);
        expect(share).toBeLessThanOrEqual(0.4 + 1e-9);
        if (slowdown > 1) expect(share).toBeGreaterThan(0.2);
      }),
    );
    expect(shareOf(0.1).slowdown).toBeGreaterThan(1);
  });

  test('starts some ms late, what is rare sometimes seconds, and never early nor in the next page', () => {
    const { casts } = clockCasts(builtIn, 1, 10);
    const found = { often: [] as number[], rarely: [] as number[] };
    const states = statesOf(1);
    for (const { lengthMs, members } of casts) {
      const pages = new Pages({
        name: 'jobs',
        template: pageTemplateOf(builtIn, members),
        lengthMs,
        warp: warpFor('steady', 1),
        seed: 1,
        statesAt: () => states,
        limits: builtIn.limits.drawFor(1),
      });
      const now = pages.pageAt(NOON);
      for (let index = now; index < now + 20; index++) {
        const { starts, dues } = pages.page(index);
        members.forEach(({ kind, offsetMs = Number.NaN }, journey) => {
          const [start, due] = [starts[journey] as number, dues[journey] as number];
          expect(due).toBe(pages.startOf(index) + offsetMs);
          expect(start).toBeLessThan(pages.startOf(index + 1));
          found[(kind.journey.everySeconds as number) < 600 ? 'often' : 'rarely'].push(start - due);
        });
      }
    }
    for (const late of Object.values(found)) expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(median(found.often)).toBeLessThan(10);
    expect(Math.max(...found.often)).toBeGreaterThan(50);
    expect(Math.max(...found.often)).toBeLessThanOrEqual(300);
    expect(median(found.rarely)).toBeLessThan(100);
    expect(Math.max(...found.rarely)).toBeGreaterThan(1000);
    expect(Math.max(...found.rarely)).toBeLessThanOrEqual(5000);
  });
});

describe('what comes with traffic', () => {
  test('is each kind as often as it says', () => {
    const counts = new Map<string, number>();
    for (const { kind, indexWithinKind } of trafficCast(builtIn)) {
      expect(indexWithinKind).toBe(counts.get(kind.name) ?? 0);
      counts.set(kind.name, indexWithinKind + 1);
    }
    const expected = builtIn.journeys.filter(({ journey }) => journey.perPage !== undefined);
    expect(counts).toEqual(new Map(expected.map(({ name, journey }) => [name, journey.perPage])));
  });
});

describe('together', () => {
  test('they are as many lines a second as the rate says', () => {
    fc.assert(
      fc.property(seed, rate, fc.constantFrom(...TRAFFIC), (s, r, traffic) => {
        const simulation = new Simulation(builtIn, { ...steadyWorld(names, 2, { seed: s, rate: r }), traffic });
        const perSecond = names
          .flatMap((name) => simulation.pagesOf(name))
          .reduce((sum, { lines, ms }) => sum + (lines * 1000) / ms, 0);
        expect(perSecond / r).toBeCloseTo(1, 9);
      }),
      { numRuns: 30 },
    );
  });

  test.each([0.1, 0.5, 1, 10])('at %d lines a second so many are due over two months', (r) => {
    const simulation = new Simulation(builtIn, steadyWorld(names, 2, { rate: r }));
    const seconds = 64 * 86_400;
    const due = simulation.countDueBetween(NOON, NOON + seconds * 1000);
    // To a page of each kind.
    expect(Math.abs(due - seconds * r)).toBeLessThan(1_300);
  });
});
