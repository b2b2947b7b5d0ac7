import { describe, expect, test } from 'vitest';
import { keyAt } from '../../../services/simulation/hash.ts';
import * as responses from '../../../services/simulation/responses.ts';
import { products, searches } from '../../../services/simulation/sample-data.ts';

describe('a search', () => {
  test('finds the same each time, mostly something, and sometimes nothing', () => {
    for (const words of searches) expect(responses.hits(words)).toBe(responses.hits(words));
    const all = Array.from({ length: 5_000 }, (_, index) => responses.hits(`words ${index}`));
    const nothing = all.filter((hits) => hits === 0).length / all.length;
    expect(Math.abs(nothing - 0.03)).toBeLessThan(0.01);
    expect(Math.min(...all.filter((hits) => hits > 0))).toBe(2);
    expect(Math.max(...all)).toBeLessThanOrEqual(130);
    expect(Math.max(...all)).toBeGreaterThan(110);
  });

  test('returns a page of results at most, and next to nothing when it finds nothing', () => {
    for (let index = 0; index < 2_000; index++) {
      const words = `words ${index}`;
      const results = Math.min(18, responses.hits(words));
      const bytes = responses.searchBytes(words);
      expect(bytes, words).toBeGreaterThanOrEqual(164 + results * 340);
      expect(bytes, words).toBeLessThanOrEqual(164 + results * 470);
    }
  });
});

test('pages of the catalogue have all products together, and are as large as what is on them', () => {
  const pages = Array.from({ length: responses.PAGES }, (_, index) => index + 1);
  const items = pages.map(responses.itemsOfPage);
  expect(items.slice(0, -1)).toEqual(items.slice(0, -1).map(() => 18));
  expect(items.at(-1)).toBeLessThan(18);
  expect(items.reduce((sum, count) => sum + count, 0)).toBe(products.length);
  for (const page of pages) {
    const perItem = (responses.listBytes(page) - 164) / responses.itemsOfPage(page);
    expect(perItem).toBeGreaterThanOrEqual(340);
    expect(perItem).toBeLessThanOrEqual(470);
  }
});

test.each([
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
