import { describe, expect, test } from 'vitest';
import { type LineCounter, planBackfill } from '../../../scripts/backfill/plan.ts';
import type { ServiceDefinition } from '../../../services/definition/definition.ts';
import { serviceNames } from '../../../services/index.ts';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { lastSlice, sliceCount, sliceMs, slicesOf } from '../../../services/rendering/slices.ts';
import { Simulation } from '../../../services/simulation/simulation.ts';
import { TRAFFIC, type World } from '../../../shared/world.ts';
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
    expect(sliceCount({ from, to }, world)).toBe(count);
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

  describe.each(TRAFFIC)('of %s traffic', (traffic) => {
    const ratios = Object.fromEntries(serviceNames.map((name) => [name, 2]));
    const world: World = { seed: 3, rate: 2_000, traffic, timeline: [{ at: 0, ratios, down: [] }] };
    const from = Date.UTC(2026, 10, 27, 3, 10, 0, 7);
    const range = { from, to: from + 5_000_001 };
    const slices = [...slicesOf({ world, range, lastLimit: 5 })];

    test('meet and cover the range', () => {
      expect(slices).toHaveLength(sliceCount(range, world));
      expect([slices[0]?.from, slices.at(-1)?.to]).toEqual([range.from, range.to]);
      slices.forEach((slice, index) => {
        expect(Number.isInteger(slice.from)).toBe(true);
        expect(slice.to).toBeGreaterThan(slice.from);
        if (index > 0) expect(slice.from).toBe(slices[index - 1]?.to);
      });
    });

    test('have a limit in the last one only', () => {
      expect(slices.map(({ limit }) => limit).filter((limit) => limit !== undefined)).toEqual([5]);
      expect(slices.at(-1)).toEqual({ ...lastSlice(range, world), limit: 5 });
    });

    test('have equally many lines, though not equally long', async () => {
      const simulation = new Simulation(await loadCatalog(), world);
      const expected = (sliceMs(world.rate) * world.rate) / 1_000;
      const full = slices.slice(0, -1);
      for (const slice of full) {
        expect(Math.abs(simulation.countDueBetween(slice.from, slice.to) / expected - 1)).toBeLessThan(0.05);
      }
      expect(simulation.countDueBetween(slices.at(-1)?.from as number, range.to)).toBeLessThan(1.03 * expected);
      const lengths = full.map((slice) => slice.to - slice.from);
      expect(Math.max(...lengths) / Math.min(...lengths) > 1.5).toBe(traffic !== 'steady');
    });

    test('of a very short range are one', () => {
      expect([...slicesOf({ world, range: { from, to: from + 1 }, lastLimit: undefined })]).toEqual([
        { from, to: from + 1 },
      ]);
    });
  });
});
