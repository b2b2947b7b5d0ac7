import { expect, test } from 'vitest';
import { suggest } from '../../shared/suggest.ts';

const words = ['api-ratio', 'auth-ratio', 'log-file', 'rate', 'seed'];

test.each([
  ['rate', 'rate'],
  ['rat', 'rate'],
  ['rates', 'rate'],
  ['sede', 'seed'],
  ['api-ratoi', 'api-ratio'],
  ['logfile', 'log-file'],
  ['auth', 'auth-ratio'],
  ['colour', undefined],
  ['', undefined],
])('for %j: %j', (typed, meant) => {
  expect(suggest(typed, words)).toBe(meant);
});
