import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Spell, Spells } from '../../../../services/simulation/state/spells.ts';
import { mean } from '../../../tools/statistics.ts';
import { NOON } from '../../worlds.ts';

const MINUTE = 60_000;
const key = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const weights = fc.array(fc.constantFrom(0.25, 1, 2, 3), { minLength: 1, maxLength: 7 });

/** So many consecutive spells. */
function walk(spells: Spells, from: number, count: number): Spell[] {
  const all: Spell[] = [];
  for (let at = from; all.length < count; at = (all.at(-1) as Spell).to) all.push(spells.at(at));
  return all;
}

test('they follow one another without a gap or an overlap, each 5 to 40 minutes long, from a half minute to another', () => {
  fc.assert(
    fc.property(key, weights, (k, w) => {
      const all = walk(new Spells(k, w), NOON, 60);
      all.forEach(({ from, to, fault }, index) => {
        if (index > 0) expect(from).toBe(all[index - 1]?.to);
        expect(from % (MINUTE / 2)).toBe(0);
        expect(to - from).toBeGreaterThanOrEqual(5 * MINUTE);
        expect(to - from).toBeLessThanOrEqual(40 * MINUTE);
        expect(fault).toBeGreaterThanOrEqual(0);
        expect(fault).toBeLessThan(w.length);
      });
    }),
  );
});

test('an answer does not depend on what was asked before', () => {
  fc.assert(
    fc.property(key, weights, fc.array(fc.tuple(fc.nat({ max: 60 }), fc.constantFrom(-1, 0, 1))), (k, w, questions) => {
      const all = walk(new Spells(k, w), NOON, 62);
      const kept = new Spells(k, w);
      for (const [index, ms] of questions) {
        const at = (all[index + 1] as Spell).from + ms;
        const spell = kept.at(at);
        expect(spell).toEqual(all[ms < 0 ? index : index + 1]);
        expect(spell).toEqual(new Spells(k, w).at(at));
      }
    }),
  );
});

test('of three faults or more, none follows itself', () => {
  fc.assert(
    fc.property(
      key,
      weights.filter(({ length }) => length >= 3),
      (k, w) => {
        const faults = walk(new Spells(k, w), NOON, 200).map(({ fault }) => fault);
        expect(faults.filter((fault, index) => fault === faults[index + 1])).toEqual([]);
      },
    ),
  );
});

test('a single fault is always on, and a service without any has none', () => {
  expect(new Set(walk(new Spells(1, [2]), NOON, 50).map(({ fault }) => fault))).toEqual(new Set([0]));
  expect(new Set(walk(new Spells(1, []), NOON, 50).map(({ fault }) => fault))).toEqual(new Set([-1]));
});

describe('over months', () => {
  /** Share of time during which each fault is on. */
  const sharesOf = (w: readonly number[]): number[] => {
    const all = walk(new Spells(7, w), NOON, 8_000);
    const total = (all.at(-1)?.to as number) - NOON;
    return w.map((_, index) => {
      const own = all.filter(({ fault }) => fault === index);
      return own.reduce((sum, { from, to }) => sum + to - from, 0) / total;
    });
  };

  test('faults of one weight are on equally long', () => {
    for (const share of sharesOf([1, 1, 1, 1, 1])) expect(Math.abs(share - 0.2)).toBeLessThan(0.02);
  });

  test('a heavier fault is on for longer, roughly as much as its weight says', () => {
    const w = [1, 3, 1, 2, 1, 2];
    sharesOf(w).forEach((share, index) => {
      const expected = (w[index] as number) / 10;
      // None follows itself, which takes from the heavy ones and gives to those after them.
      expect(share / expected, `fault ${index}`).toBeGreaterThan(0.7);
      expect(share / expected, `fault ${index}`).toBeLessThan(1.6);
    });
    const [light, heavy] = sharesOf([1, 8, 1]) as [number, number];
    expect(heavy).toBeGreaterThan(0.4);
    expect(light).toBeGreaterThan(0.1);
  });

  test('most are short, some long, and each time another instance may have the fault', () => {
    const all = walk(new Spells(7, [1, 1, 1]), NOON, 3_000);
    const lengths = all.map(({ from, to }) => (to - from) / MINUTE);
    expect(mean(lengths)).toBeGreaterThan(8);
    expect(mean(lengths)).toBeLessThan(20);
    expect(lengths.filter((length) => length > 30).length).toBeGreaterThan(30);
    expect(new Set(all.map(({ targetKey }) => targetKey)).size).toBeGreaterThan(2_990);
  });
});
