import fc from 'fast-check';
import { expect, test } from 'vitest';
import { badLinesIn } from '../../../services/simulation/bad-line-count.ts';

const ratio = fc.integer({ min: 0, max: 100 }).map((tenths) => tenths / 10);

test('over any run of pages the share of bad lines is that of the ratio, to less than a line', () => {
  fc.assert(
    fc.property(
      ratio,
      fc.integer({ min: 1, max: 4000 }),
      fc.nat({ max: 2 ** 50 }),
      fc.nat({ max: 500 }),
      (r, lines, first, run) => {
        let bad = 0;
        for (let page = first; page < first + run; page++) {
          const count = badLinesIn(page, lines, r);
          expect(count).toBeGreaterThanOrEqual(0);
          expect(count).toBeLessThanOrEqual(lines);
          bad += count;
        }
        expect(Math.abs(bad - (run * lines * r) / 10)).toBeLessThan(1);
      },
    ),
  );
});

test.each([
  [0, 0],
  [10, 123],
])('ratio %d is all or nothing in every page', (r, expected) => {
  for (let page = 0; page < 300; page++) expect(badLinesIn(page, 123, r)).toBe(expected);
});

test('a higher ratio never has fewer', () => {
  for (let page = 0; page < 100; page++) {
    for (let tenths = 0; tenths < 100; tenths++) {
      // Off by the rounding of one page at most; the set of bad lines grows with the count.
      expect(badLinesIn(page, 57, (tenths + 1) / 10)).toBeGreaterThanOrEqual(badLinesIn(page, 57, tenths / 10) - 1);
    }
  }
});
