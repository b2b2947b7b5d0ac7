import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { poolsSource } from '../../scripts/make-sample-data.ts';

test('the pools are those that Faker gives', () => {
  const pools = readFileSync(new URL('../../services/simulation/sample-data.ts', import.meta.url), 'utf8');
  expect(poolsSource()).toBe(pools);
});
