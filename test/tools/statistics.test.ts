import { describe, expect, test } from 'vitest';
import {
  coefficientOfVariation,
  effectiveNumber,
  entropy,
  fanoFactor,
  lag1Autocorrelation,
  Moments,
  mean,
  median,
  quantile,
  variance,
} from './statistics.ts';

test('mean, variance and what is made of them', () => {
  const figures = [2, 4, 4, 4, 5, 5, 7, 9];
  expect(mean(figures)).toBe(5);
  expect(variance(figures)).toBe(4);
  expect(coefficientOfVariation(figures)).toBe(0.4);
  expect(fanoFactor(figures)).toBe(0.8);
});

test('figures that are not kept have the same variation', () => {
  const moments = new Moments();
  for (const figure of [2, 4, 4, 4, 5, 5, 7, 9]) moments.add(figure);
  expect(moments.coefficientOfVariation).toBeCloseTo(0.4, 12);
});

describe('autocorrelation', () => {
  test.each([
    ['alternating figures', [1, -1, 1, -1], -0.75],
    ['a ramp', [1, 2, 3, 4, 5], 0.4],
  ])('of %s', (_what, figures, expected) => {
    expect(lag1Autocorrelation(figures)).toBeCloseTo(expected, 12);
  });

  test('of a constant is unknown', () => {
    expect(lag1Autocorrelation([3, 3, 3])).toBeNaN();
  });
});

test('quantiles', () => {
  const figures = [40, 10, 30, 20];
  expect(median(figures)).toBe(20);
  expect(quantile(figures, 0.99)).toBe(40);
  expect(quantile(figures, 0)).toBe(10);
  expect(median([])).toBeNaN();
});

test('the effective number of kinds', () => {
  expect(effectiveNumber([25, 25, 25, 25])).toBeCloseTo(4, 12);
  expect(effectiveNumber([100])).toBe(1);
  expect(effectiveNumber([97, 1, 1, 1])).toBeLessThan(1.3);
  expect(entropy([1, 1])).toBeCloseTo(Math.LN2, 12);
});
