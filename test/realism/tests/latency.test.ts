import { expect, test } from 'vitest';
import { Latency } from '../measures/latency.ts';
import { figuresIn, line } from './hand-made.ts';

const response = (ms: number, at = 0, path = '/api/v1/orders', request: string | undefined = '1') =>
  line(`GET ${path} 200 in ${ms} ms`, { at, ...(request && { request }) });

/** Responses that take as long, but for the last ones. */
const responses = (count: number, ms: number, last: readonly number[], path?: string) => [
  ...Array.from({ length: count - last.length }, () => response(ms, 0, path)),
  ...last.map((slow) => response(slow, 0, path)),
];

test('the route with the shortest tail, and the range of p99', () => {
  const lines = [
    ...responses(500, 10, [300]),
    ...responses(500, 20, [100, 100, 100, 100, 100, 100, 100], '/api/v1/products/SKU-7'),
  ];
  expect(figuresIn('latencyTail', new Latency(), lines)).toEqual([5]);
  expect(figuresIn('latencyQuantiles', new Latency(), lines)).toEqual([1, 5]);
});

test('rare routes, probes and what belongs to no request do not count', () => {
  const lines = [
    ...responses(499, 10, []),
    ...responses(500, 10, [], '/healthz'),
    ...Array.from({ length: 500 }, () => line('GET /wp-login.php 404 in 1 ms')),
  ];
  expect(figuresIn('latencyTail', new Latency(), lines)).toEqual([]);
});

test('slow minutes in a row', () => {
  const minutes = (durations: readonly number[]) => durations.map((ms, minute) => response(ms, minute * 60));
  const together = minutes([10, 10, 10, 10, 90, 90, 90, 90]);
  expect(figuresIn('slowMinutes', new Latency(), together)[0]).toBeCloseTo(0.625, 12);
  const apart = minutes([10, 90, 10, 90, 10, 90, 10, 90]);
  expect(figuresIn('slowMinutes', new Latency(), apart)[0]).toBeLessThan(-0.8);
});
