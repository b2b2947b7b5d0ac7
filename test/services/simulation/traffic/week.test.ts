import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromWeekTime, MAX_WEEK_DENSITY, toWeekTime } from '../../../../services/simulation/traffic/week.ts';
import { mean } from '../../../tools/statistics.ts';
import { HOUR, instants, MONDAY, WEEK } from './instants.ts';

/** How exact a time of today is after some steps of arithmetic, in ms. */
const ROUNDING_MS = 0.01;

/** Traffic of an hour of the week after `MONDAY` as a factor of the average. */
const densityOf = (hour: number): number =>
  (fromWeekTime(MONDAY + (hour + 1) * HOUR) - fromWeekTime(MONDAY + hour * HOUR)) / HOUR;
const densities = Array.from({ length: 168 }, (_, hour) => densityOf(hour));

test('whole weeks from Monday map to themselves, and hours within them do not', () => {
  expect(new Date(MONDAY).getUTCDay()).toBe(1);
  for (let week = -2900; week < 3000; week++) {
    expect(toWeekTime(MONDAY + week * WEEK)).toBe(MONDAY + week * WEEK);
    expect(fromWeekTime(MONDAY + week * WEEK)).toBe(MONDAY + week * WEEK);
  }
  expect(Math.abs(fromWeekTime(MONDAY + 12 * HOUR) - (MONDAY + 12 * HOUR))).toBeGreaterThan(HOUR);
});

test('each direction is the inverse of the other', () => {
  fc.assert(
    fc.property(instants, (at) => {
      expect(Math.abs(fromWeekTime(toWeekTime(at)) - at)).toBeLessThan(ROUNDING_MS);
      expect(Math.abs(toWeekTime(fromWeekTime(at)) - at)).toBeLessThan(ROUNDING_MS);
    }),
    { numRuns: 1_000 },
  );
});

test('time never runs backwards, nor does it stand still', () => {
  fc.assert(
    fc.property(instants, fc.double({ min: 0, max: 2 * HOUR, noNaN: true }), (at, later) => {
      for (const map of [toWeekTime, fromWeekTime]) {
        expect(map(at + later)).toBeGreaterThanOrEqual(map(at));
        if (later > 1) expect(map(at + later)).toBeGreaterThan(map(at));
      }
    }),
    { numRuns: 1_000 },
  );
});

describe('traffic', () => {
  test('is never denser than it says, and that dense in the busiest hour', () => {
    expect(Math.max(...densities)).toBeCloseTo(MAX_WEEK_DENSITY, 6);
    expect(mean(densities)).toBeCloseTo(1, 9);
  });

  test('is least before dawn and most in the evening of every day', () => {
    for (let day = 0; day < 7; day++) {
      const ofDay = densities.slice(24 * day, 24 * day + 24);
      const night = Math.min(...ofDay);
      const evening = Math.max(...ofDay);
      expect(ofDay.indexOf(night)).toBeGreaterThanOrEqual(2);
      expect(ofDay.indexOf(night)).toBeLessThanOrEqual(5);
      expect(ofDay.indexOf(evening)).toBeGreaterThanOrEqual(19);
      expect(evening / night).toBeGreaterThan(5);
    }
  });

  test('differs from day to day', () => {
    const days = Array.from({ length: 7 }, (_, day) => mean(densities.slice(24 * day, 24 * day + 24)));
    expect(Math.max(...days) / Math.min(...days)).toBeGreaterThan(1.2);
  });
});
