import { describe, expect, test } from 'vitest';
import { productNumber } from '../../../services/simulation/entities.ts';
import { Reads } from '../../../services/simulation/reads.ts';
import { cataloguePage } from '../../../services/simulation/responses.ts';
import { Subjects } from '../../../services/simulation/subjects.ts';
import { trafficPages } from './traffic-pages.ts';

describe.each([0.5, 10, 100])('at %d lines a second', (rate) => {
  const pages = trafficPages(rate);
  const subjects = new Subjects(pages, 1);
  const { journeys } = pages.template;
  const begin = 1_000_000;
  const keptPages = Math.ceil(180_000 / pages.lengthMs);
  /** What each journey that reads something reads, in order of time. */
  const readsOf = (index: number) => {
    const { keys, starts } = pages.page(index);
    return journeys
      .flatMap(({ journey: { reads } }, journey) => {
        if (!reads) return [];
        const key = keys[journey] as number;
        const what = reads === 'page' ? cataloguePage(key) : productNumber(subjects.find(index, journey, key).goods);
        return [{ page: index, journey, start: starts[journey] as number, what: `${reads} ${what}` }];
      })
      .sort((a, b) => a.start - b.start || a.journey - b.journey);
  };

  test('what is read again has been read in the last minutes, and the rest has not', () => {
    const reads = new Reads(pages, subjects);
    const lastRead = new Map<string, number>();
    let first = 0;
    for (let index = begin - keptPages; index < begin + 20; index++) {
      const again = reads.againIn(pages.page(index));
      for (const { page, journey, what } of readsOf(index)) {
        const isKept = page - (lastRead.get(what) ?? Number.NEGATIVE_INFINITY) <= keptPages;
        if (index >= begin) expect(again[journey], `${what} in page ${page}`).toBe(isKept ? 1 : 0);
        if (index >= begin && !isKept) first++;
        lastRead.set(what, page);
      }
    }
    if (rate === 10) expect(first).toBeGreaterThan(50);
  });

  test('an answer does not depend on what was asked before', () => {
    const kept = new Reads(pages, subjects);
    for (const index of [begin, begin + 1, begin + 400, begin - 30, begin, begin + 2]) {
      const page = pages.page(index);
      expect(kept.againIn(page)).toEqual(new Reads(pages, subjects).againIn(page));
    }
  });
});
