import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withSurges } from '../../../../services/simulation/traffic/surges.ts';
import { warpFor } from '../../../../services/simulation/traffic/world-warp.ts';
import { TRAFFIC } from '../../../../shared/world.ts';
import { NOON } from '../../worlds.ts';

const MINUTE = 60_000;
const surge = fc.record({
  start: fc.nat({ max: 600 }),
  minutes: fc.integer({ min: 1, max: 90 }),
  factor: fc.constantFrom(0.1, 0.5, 1, 2, 10),
});
const surges = fc.array(surge, { minLength: 1, maxLength: 4 }).map((all) =>
  all.map(({ start, minutes, factor }) => ({
    from: NOON + start * MINUTE,
    to: NOON + (start + minutes) * MINUTE,
    factor,
  })),
);

test('each direction is the inverse of the other, and both ascend', () => {
  fc.assert(
    fc.property(surges, fc.constantFrom(...TRAFFIC), fc.integer({ min: -60, max: 800 }), (all, traffic, minute) => {
      const warp = withSurges(warpFor(traffic, 1), all);
      const time = NOON + minute * MINUTE;
      expect(Math.abs(warp.toTime(warp.toEven(time)) - time)).toBeLessThan(2);
      expect(warp.toEven(time + MINUTE)).toBeGreaterThan(warp.toEven(time));
    }),
  );
});

test('before the first surge nothing changes, and during it there is so many times the traffic', () => {
  const plain = warpFor('bursty', 3);
  const warp = withSurges(plain, [
    { from: NOON, to: NOON + 10 * MINUTE, factor: 3 },
    { from: NOON + 5 * MINUTE, to: NOON + 20 * MINUTE, factor: 0.5 },
  ]);
  const traffic = (of: typeof plain, minute: number) =>
    of.toEven(NOON + (minute + 1) * MINUTE) - of.toEven(NOON + minute * MINUTE);
  for (let minute = -60; minute < 0; minute++)
    expect(warp.toEven(NOON + minute * MINUTE)).toBe(plain.toEven(NOON + minute * MINUTE));
  const factors = [0, 4, 5, 9, 10, 19, 20, 40].map((minute) => traffic(warp, minute) / traffic(plain, minute));
  for (const [index, factor] of [3, 3, 1.5, 1.5, 0.5, 0.5, 1, 1].entries())
    expect(factors[index]).toBeCloseTo(factor, 3);
  expect(warp.maxDensity).toBe(3 * plain.maxDensity);
});
