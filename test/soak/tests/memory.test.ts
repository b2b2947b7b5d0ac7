import { expect, test } from 'vitest';
import { curveOf, GROWTH, hasGrown } from '../memory.ts';

test('a curve is told by its start and the highest of either half', () => {
  expect(curveOf([60, 90, 80, 70, 85, 75])).toEqual({ start: 60, firstHalf: 90, secondHalf: 85 });
});

test.each([
  ['levels off', [60, 90, 90, 90], false],
  ['goes up and down', [60, 90, 60, 90 + GROWTH / 2], false],
  ['grows on', [60, 90, 100, 91 + GROWTH], true],
  ['is not told by the system', [Number.NaN, Number.NaN], false],
])('memory that %s: %j', (_what, samples, grown) => {
  expect(hasGrown(curveOf(samples))).toBe(grown);
});
