import { describe, expect, test } from 'vitest';
import { type LineCounter, planBackfill } from '../../../scripts/backfill/plan.ts';
import type { ServiceDefinition } from '../../../services/definition/definition.ts';
import { sliceCount, sliceMs, slicesOf } from '../../../services/rendering/slices.ts';
import shipping from '../../fixtures/shipping.js';

/** Three lines in every millisecond. */
const counter: LineCounter = {
  countDueBetween: (from, to) => 3 * (to - from),
  timeOfLine: (from, count) => from + Math.ceil(count / 3) - 1,
};

const definition = shipping as unknown as ServiceDefinition;

const worldAt = (rate: number) => ({ seed: 1, rate, timeline: [{ at: 0, ratios: {}, down: [] }] as const });
const world = worldAt(3_000);
const plan = (range: { from: number; to: number } | { from: number; lines: number }, index = 1, count = 1) =>
  planBackfill({ world, range, shard: { index, count }, gzip: false }, [], async () => counter);

describe('a plan', () => {
  test('between two instants has no limit and counts no line', async () => {
    const settings = { world, range: { from: 100, to: 200 }, shard: { index: 2, count: 4 }, gzip: true };
    const counts = async () => Promise.reject(new Error('counted'));
    expect(await planBackfill(settings, [definition], counts)).toEqual({
      world,
      definitions: [definition],
      range: { from: 125, to: 150 },
      lines: undefined,
      lastLimit: undefined,
      gzip: true,
    });
  });

  test.each([1, 2, 3, 4, 3_000_000, 3_000_001])('of %i lines ends with the last of them', async (lines) => {
    const { range, lines: own, lastLimit } = await plan({ from: 1_000, lines });
    expect(own).toBe(lines);
    expect(range.to).toBe(1_000 + Math.ceil(lines / 3));
    const all = [...slicesOf({ world, range, lastLimit })];
    const planned = all.map(({ from, to, limit }) =>
      Math.min(limit ?? Number.POSITIVE_INFINITY, counter.countDueBetween(from, to)),
    );
    expect(planned.reduce((sum, count) => sum + count, 0)).toBe(lines);
    expect(all.slice(0, -1).every(({ limit }) => limit === undefined)).toBe(true);
  });

  test.each([1, 2, 5, 11, 1_000])('of 1000 lines in %i shards has as many in them all', async (count) => {
    const plans = await Promise.all(
      Array.from({ length: count }, (_, index) => plan({ from: 50, lines: 1_000 }, index + 1, count)),
    );
    const planned = plans.map(({ range, lines }) => lines ?? counter.countDueBetween(range.from, range.to));
    expect(planned.reduce((sum, lines) => sum + lines, 0)).toBe(1_000);
    expect(plans.slice(0, -1).every(({ lastLimit }) => lastLimit === undefined)).toBe(true);
  });

  test('with more lines than fit before 2200 fails before counting', async () => {
    const settings = {
      world: worldAt(0.1),
      range: { from: 0, lines: 1e12 },
      shard: { index: 1, count: 1 },
      gzip: false,
    };
    await expect(planBackfill(settings, [], async () => counter)).rejects.toThrow(
      '--lines: "1000000000000" is invalid; so many lines go past the year 2199; use fewer, or a higher --rate',
    );
  });
});

describe('slices', () => {
  test.each([
    { rate: 0.1, ms: 300_000_000 },
    { rate: 10, ms: 3_000_000 },
    { rate: 1_000, ms: 30_000 },
    { rate: 2_000, ms: 24_000 },
    { rate: 5_000, ms: 12_000 },
    { rate: 10_000, ms: 6_000 },
    { rate: 1_000_000, ms: 60 },
  ])('at $rate lines a second are $ms ms long', ({ rate, ms }) => {
    expect(sliceMs(rate)).toBe(ms);
  });

  test.each([
    { from: 0, to: 1, count: 1 },
    { from: 5, to: 20_005, count: 1 },
    { from: 5, to: 20_006, count: 2 },
    { from: 7, to: 240_000, count: 12 },
    { from: 9, to: 9, count: 1 },
  ])('of [$from, $to) are $count and meet', ({ from, to, count }) => {
    const slices = [...slicesOf({ world, range: { from, to }, lastLimit: undefined })];
    expect(sliceCount({ from, to }, world.rate)).toBe(count);
    expect(slices).toHaveLength(count);
    expect([slices[0]?.from, slices.at(-1)?.to]).toEqual([from, to]);
    slices.slice(1).forEach((slice, index) => {
      expect(slice.from).toBe(slices[index]?.to);
    });
  });

  test('of a very long range are not all made at once', () => {
    const [first] = slicesOf({ world: worldAt(1_000_000), range: { from: 0, to: 7e12 }, lastLimit: 1 });
    expect(first).toEqual({ from: 0, to: 60 });
  });
});
