import { describe, expect, test } from 'vitest';
import type { LogLine } from '../lines/log-line.ts';
import { Arrivals } from '../measures/arrivals.ts';
import { figuresIn, line } from './hand-made.ts';

/** As many lines in each minute as the list says, evenly spaced. */
function minutes(counts: readonly number[], level: 'INFO' | 'ERROR' = 'INFO'): LogLine[] {
  return counts.flatMap((count, minute) =>
    Array.from({ length: count }, (_, index) => line('text', { at: minute * 60 + (index * 60) / count, level })),
  );
}

test('gaps that are all equal do not vary', () => {
  expect(figuresIn('gaps', new Arrivals(1), minutes([60]))[0]).toBeCloseTo(0, 6);
  const uneven = [0, 1, 2, 3, 103].map((at) => line('text', { at }));
  // Gaps of 1, 1, 1 and 100 s.
  expect(figuresIn('gaps', new Arrivals(1), uneven)[0]).toBeCloseTo(1.665, 3);
});

describe('lines per minute', () => {
  const counts = [10, 30, 30, 10];

  test('vary, and are compared with the one before', () => {
    expect(figuresIn('minutes', new Arrivals(1), minutes(counts))).toEqual([0.5]);
    expect(figuresIn('minutesInRow', new Arrivals(1), minutes(counts))).toEqual([-0.25]);
  });

  test('least and most, with minutes that have none', () => {
    expect(figuresIn('minuteExtremes', new Arrivals(1), minutes([10, 0, 20]))).toEqual([0, 2]);
  });

  test('bad ones in bursts', () => {
    const steady = minutes([4, 4, 4, 4], 'ERROR');
    expect(figuresIn('badBursts', new Arrivals(1), steady)).toEqual([0]);
    const burst = [...minutes([1, 1, 1, 1]), ...minutes([0, 8], 'ERROR')];
    expect(figuresIn('badBursts', new Arrivals(1), burst)[0]).toBe(6);
  });
});

test('the worst hour', () => {
  const lines = [...Array.from({ length: 60 }, () => 60), ...Array.from({ length: 60 }, () => 54)];
  expect(figuresIn('hours', new Arrivals(1), minutes(lines))[0]).toBeCloseTo(0.1, 12);
  expect(figuresIn('hours', new Arrivals(1), minutes([60, 60]))).toEqual([]);
});
