import { describe, expect, test } from 'vitest';
import { keyAt } from '../../../services/simulation/hash.ts';
import * as responses from '../../../services/simulation/responses.ts';
import { searches } from '../../../services/simulation/sample-data.ts';

describe('a search', () => {
  test('finds the same each time, mostly something, and sometimes nothing', () => {
    for (const words of searches) expect(responses.hits(words)).toBe(responses.hits(words));
    const all = Array.from({ length: 5_000 }, (_, index) => responses.hits(`words ${index}`));
    const nothing = all.filter((hits) => hits === 0).length / all.length;
    expect(Math.abs(nothing - 0.03)).toBeLessThan(0.01);
    expect(Math.min(...all.filter((hits) => hits > 0))).toBe(2);
    expect(Math.max(...all)).toBeLessThanOrEqual(340);
    expect(Math.max(...all)).toBeGreaterThan(300);
  });

  test('returns a page of results at most, and next to nothing when it finds nothing', () => {
    for (let index = 0; index < 2_000; index++) {
      const words = `words ${index}`;
      const results = Math.min(24, responses.hits(words));
      const bytes = responses.searchBytes(words);
      if (results === 0) expect(bytes).toBeLessThan(200);
      else expect((bytes - 164) / results, words).toBeGreaterThanOrEqual(380);
      expect(bytes).toBeLessThanOrEqual(164 + 24 * 460);
    }
  });
});

test.each([
  ['a page of the catalogue', responses.listBytes, 4_000, 20_000],
  ['a product', (index: number) => responses.productBytes(keyAt(5, index)), 1_000, 3_200],
  ['an order', responses.orderBytes, 500, 1_800],
])('%s has one size, and others have others', (_, bytes, least, most) => {
  const all = Array.from({ length: 40 }, (_, index) => bytes(index));
  expect(Array.from({ length: 40 }, (_, index) => bytes(index))).toEqual(all);
  expect(new Set(all).size).toBeGreaterThan(30);
  for (const size of all) {
    expect(size).toBeGreaterThan(least);
    expect(size).toBeLessThan(most);
  }
});
