import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Curve, countdown } from '../../../../services/simulation/state/gauge-curve.ts';
import { lag1Autocorrelation } from '../../../tools/statistics.ts';
import { NOON } from '../../worlds.ts';

const DAY = 86_400_000;
const key = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const ms = fc.integer({ min: 0, max: 3 * DAY });

test('a curve is between 0 and 1 and makes no jumps', () => {
  fc.assert(
    fc.property(key, ms, fc.nat({ max: 60_000 }), (k, after, later) => {
      const curve = new Curve(k);
      const before = curve.at(NOON + after);
      expect(before).toBeGreaterThanOrEqual(0);
      expect(before).toBeLessThan(1);
      // At most 0.75 in an hour, 0.17 in a quarter of one and 0.08 in 40 s.
      expect(Math.abs(curve.at(NOON + after + later) - before)).toBeLessThan(1e-9 + (later / 60_000) * 0.144);
    }),
    { numRuns: 500 },
  );
});

test('an answer does not depend on what was asked before', () => {
  fc.assert(
    fc.property(key, fc.array(ms), (k, all) => {
      const kept = new Curve(k);
      for (const after of all) expect(kept.at(NOON + after)).toBe(new Curve(k).at(NOON + after));
    }),
  );
});

test('a curve moves through its range in a day, and every half minute is close to the one before', () => {
  for (const k of [1, 2, 3, 4, 5]) {
    const curve = new Curve(k);
    const readings = Array.from({ length: 2880 }, (_, index) => curve.at(NOON + index * 30_000));
    expect(Math.min(...readings)).toBeLessThan(0.2);
    expect(Math.max(...readings)).toBeGreaterThan(0.8);
    expect(lag1Autocorrelation(readings)).toBeGreaterThan(0.95);
  }
});

test('a countdown falls by one at midnight, from the upper to the lower bound, and begins again', () => {
  fc.assert(
    fc.property(key, fc.nat({ max: 50 }), fc.integer({ min: 1, max: 90 }), (k, low, width) => {
      const high = low + width;
      const midnight = NOON - (NOON % DAY);
      for (let day = 0; day < 2 * width + 3; day++) {
        const at = midnight + day * DAY;
        const before = countdown(k, low, high, at - 1);
        const after = countdown(k, low, high, at);
        expect(after).toBe(before === low ? high : before - 1);
        expect(countdown(k, low, high, at + DAY - 1)).toBe(after);
        expect(after).toBeGreaterThanOrEqual(low);
        expect(after).toBeLessThanOrEqual(high);
      }
    }),
  );
});
