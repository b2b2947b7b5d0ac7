import { expect, test } from 'vitest';
import { hasLeak, MAX_GROWTH_MB, memoryCurve } from '../memory.ts';

test('a curve has the first sample and the maximum of each half', () => {
  expect(memoryCurve([60, 90, 80, 70, 85, 75])).toEqual({ start: 60, firstHalf: 90, secondHalf: 85 });
});

test.each([
  ['levels off', [60, 90, 90, 90], false],
  ['goes up and down', [60, 90, 60, 90 + MAX_GROWTH_MB / 2], false],
  ['keeps growing', [60, 90, 100, 91 + MAX_GROWTH_MB], true],
  ['the system does not report', [Number.NaN, Number.NaN], false],
])('memory that %s (%j MB): leak is %j', (_what, samples, isLeak) => {
  expect(hasLeak(memoryCurve(samples))).toBe(isLeak);
});
