import { expect, test } from 'vitest';
import { BackpressureGauge } from '../../../supervisor/log/backpressure-gauge.ts';

test.each([
  { levels: [0, 5, 10, 9], expected: [] },
  { levels: [11], expected: [true] },
  { levels: [11, 12, 11, 5], expected: [true] },
  { levels: [11, 4], expected: [true, false] },
  { levels: [11, 4, 3, 10], expected: [true, false] },
  { levels: [11, 4, 11], expected: [true, false, true] },
])('with marks at 10 and 4, the levels $levels are reported as $expected', ({ levels, expected }) => {
  const reported: boolean[] = [];
  const gauge = new BackpressureGauge(10, 4, (isHigh) => reported.push(isHigh));
  for (const level of levels) gauge.update(level);
  expect(reported).toEqual(expected);
});
