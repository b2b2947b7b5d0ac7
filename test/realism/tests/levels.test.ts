import { expect, test } from 'vitest';
import { Levels } from '../measures/levels.ts';
import { Rejections } from '../measures/rejections.ts';
import { figuresIn, line } from './hand-made.ts';

test('levels', () => {
  const levels = ['DEBUG', 'INFO', 'INFO', 'WARNING', 'WARNING', 'WARNING', 'ERROR', 'INFO'] as const;
  const lines = levels.map((level) => line('text', { level }));
  expect(figuresIn('levels', new Levels(), lines)).toEqual([0.125, 0.375, 0.375, 0.125]);
  expect(figuresIn('warnings', new Levels(), lines)).toEqual([3]);
});

test('rejections at good levels', () => {
  const lines = [
    line('POST /api/v1/sessions 401 in 90 ms'),
    line('GET /api/v1/products/SKU-1 404 in 9 ms', { level: 'WARNING' }),
    line('GET /api/v1/products/SKU-2 200 in 9 ms'),
    line('GET /api/v1/products/SKU-2 503 in 9 ms'),
    line('POST /api/v1/orders from 192.0.2.9'),
  ];
  expect(figuresIn('rejections', new Rejections(), lines)).toEqual([0.25]);
  expect(figuresIn('rejectionKinds', new Rejections(), lines)).toEqual([1]);
});
