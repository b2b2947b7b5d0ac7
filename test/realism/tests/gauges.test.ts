import { expect, test } from 'vitest';
import { Gauges } from '../measures/gauges.ts';
import { figuresIn, findingIn, line } from './hand-made.ts';

/** A text with each of 200 values. */
const readings = (text: (value: number) => string, value: (index: number) => number) =>
  Array.from({ length: 200 }, (_, index) => line(text(value(index)), { at: index * 30 }));

const slowly = (index: number) => Math.abs(100 - index);
const wildly = (index: number) => (index * 37) % 97;

test('each number of a text that varies is a gauge', () => {
  const lines = Array.from({ length: 200 }, (_, index) =>
    line(`pool: ${slowly(index)}/60 in use, ${wildly(index)} waiting`, { at: index }),
  );
  expect(figuresIn('gaugesFound', new Gauges(), lines)).toEqual([2]);
  const worst = findingIn('gauges', new Gauges(), lines);
  expect(worst.figures[0]).toBeLessThan(0.3);
  expect(worst.examples?.[0]).toContain('PaymentService: pool: #/# in use, <#> waiting');
});

test('a curve has a high autocorrelation', () => {
  const lines = readings((value) => `msg="db pool" in_use=${value} hit_ratio=90%`, slowly);
  expect(figuresIn('gauges', new Gauges(), lines)[0]).toBeGreaterThan(0.95);
});

test('each host has a gauge of its own', () => {
  const lines = ['mx1.example.net', 'mx2.example.net'].flatMap((host) =>
    readings((value) => `${host}: ${value} connections open`, slowly),
  );
  expect(figuresIn('gaugesFound', new Gauges(), lines)).toEqual([2]);
});

test.each([
  ['durations', (value: number) => `health check passed in ${value} ms`],
  ['sizes of an event', (value: number) => `${value} tokens rotated`],
  ['sizes of an event as a field', (value: number) => `msg="documents indexed" count=${value}`],
  ['ids', (value: number) => `charge ch_a${value} seen`],
])('%s are none', (_what, text) => {
  expect(figuresIn('gauges', new Gauges(), readings(text, wildly))).toEqual([]);
});

test('lines of a request, bad lines and few readings are none', () => {
  const text = (index: number) => `${wildly(index)} in flight`;
  const lines = Array.from({ length: 200 }, (_, index) => [
    line(text(index), { request: String(index) }),
    line(text(index), { level: 'WARNING', service: 'AuthService' }),
    ...(index < 199 ? [line(text(index), { service: 'ApiService' })] : []),
  ]).flat();
  expect(figuresIn('gauges', new Gauges(), lines)).toEqual([]);
});
