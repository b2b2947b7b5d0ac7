import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Warp } from '../../../../services/simulation/traffic/warp.ts';
import { fromWeekTime } from '../../../../services/simulation/traffic/week.ts';
import { warpFor } from '../../../../services/simulation/traffic/world-warp.ts';
import { TRAFFIC } from '../../../../shared/world.ts';
import { coefficientOfVariation, lag1Autocorrelation } from '../../../tools/statistics.ts';
import { HOUR, instants, MONDAY, WEEK } from './instants.ts';

const seed = fc.nat({ max: 4_294_967_295 });
const traffic = fc.constantFrom(...TRAFFIC);
/** How exact a time of today is after some steps of arithmetic, in ms. */
const ROUNDING_MS = 0.02;
const MINUTE = 60_000;

/** Traffic of each minute from `from` on, as a factor of the average. */
const minutesOf = (warp: Warp, from: number, count: number): number[] =>
  Array.from({ length: count }, (_, minute) => {
    return (warp.toEven(from + (minute + 1) * MINUTE) - warp.toEven(from + minute * MINUTE)) / MINUTE;
  });

describe('for each kind of traffic', () => {
  test('each direction is the inverse of the other', () => {
    fc.assert(
      fc.property(seed, traffic, instants, (s, kind, at) => {
        const warp = warpFor(kind, s);
        expect(Math.abs(warp.toEven(warp.toTime(at)) - at)).toBeLessThan(ROUNDING_MS);
        expect(Math.abs(warp.toTime(warp.toEven(at)) - at)).toBeLessThan(ROUNDING_MS);
      }),
      { numRuns: 300 },
    );
  });

  test('time never runs backwards, and traffic is never denser than it says', () => {
    fc.assert(
      fc.property(seed, traffic, instants, fc.double({ min: 0, max: 5_000, noNaN: true }), (s, kind, at, later) => {
        const warp = warpFor(kind, s);
        const even = warp.toEven(at + later) - warp.toEven(at);
        expect(even).toBeGreaterThanOrEqual(0);
        expect(even).toBeLessThanOrEqual(later * warp.maxDensity + ROUNDING_MS);
        expect(warp.toTime(at + later)).toBeGreaterThanOrEqual(warp.toTime(at));
      }),
      { numRuns: 500 },
    );
  });

  test('an answer does not depend on what was asked before', () => {
    const questions = fc.array(fc.tuple(instants, fc.boolean()), { maxLength: 20 });
    fc.assert(
      fc.property(seed, traffic, questions, (s, kind, all) => {
        const kept = warpFor(kind, s);
        for (const [at, isEven] of all) {
          const fresh = warpFor(kind, s);
          expect(isEven ? kept.toTime(at) : kept.toEven(at)).toBe(isEven ? fresh.toTime(at) : fresh.toEven(at));
        }
      }),
    );
  });
});

test('steady traffic is even', () => {
  const { toTime, toEven, maxDensity } = warpFor('steady', 1);
  for (const at of [0, MONDAY, MONDAY + 0.25]) expect([toTime(at), toEven(at)]).toEqual([at, at]);
  expect(maxDensity).toBe(1);
});

test('bursty traffic is exact over whole hours, daily traffic over whole weeks', () => {
  for (const s of [1, 2, 4_294_967_295]) {
    const bursty = warpFor('bursty', s);
    const daily = warpFor('daily', s);
    for (let hour = 0; hour < 300; hour++) expect(bursty.toEven(MONDAY + hour * HOUR)).toBe(MONDAY + hour * HOUR);
    for (let week = 0; week < 300; week++) expect(daily.toEven(MONDAY + week * WEEK)).toBe(MONDAY + week * WEEK);
  }
});

test('another seed has its bursts at other times', () => {
  const [one, other] = [1, 2].map((s) => minutesOf(warpFor('bursty', s), MONDAY, 600)) as [number[], number[]];
  const differing = one.filter((density, minute) => Math.abs(density - (other[minute] as number)) > 0.05);
  expect(differing.length).toBeGreaterThan(400);
});

describe.each([1, 2, 3, 4, 5])('the minutes of a day with seed %i', (s) => {
  const bursty = minutesOf(warpFor('bursty', s), MONDAY, 1440);

  test('are neither empty nor crowded', () => {
    expect(Math.min(...bursty)).toBeGreaterThan(1 / 3);
    expect(Math.max(...bursty)).toBeLessThan(4);
  });

  test('differ, and each resembles the one before', () => {
    expect(coefficientOfVariation(bursty)).toBeGreaterThan(0.3);
    expect(lag1Autocorrelation(bursty)).toBeGreaterThan(0.4);
  });

  test('have the same bursts under the curve of a week', () => {
    const daily = minutesOf(warpFor('daily', s), MONDAY, 1440).map((density, minute) => {
      const from = MONDAY + minute * MINUTE;
      return density / ((fromWeekTime(from + MINUTE) - fromWeekTime(from)) / MINUTE);
    });
    daily.forEach((density, minute) => {
      expect(density).toBeCloseTo(bursty[minute] as number, 3);
    });
  });
});
