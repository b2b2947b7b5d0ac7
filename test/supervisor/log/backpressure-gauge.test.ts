import { expect, test } from 'vitest';
import { BackpressureGauge } from '../../../supervisor/log/backpressure-gauge.ts';

test.each([
  { levels: [0, 5, 10, 9], told: [] },
  { levels: [11], told: [true] },
  { levels: [11, 12, 11, 5], told: [true] },
  { levels: [11, 4], told: [true, false] },
  { levels: [11, 4, 3, 10], told: [true, false] },
  { levels: [11, 4, 11], told: [true, false, true] },
])('with marks at 10 and 4, the levels $levels are told as $told', ({ levels, told }) => {
  const heard: boolean[] = [];
  const marks = new BackpressureGauge(10, 4, (isHigh) => heard.push(isHigh));
  for (const level of levels) marks.update(level);
  expect(heard).toEqual(told);
});
