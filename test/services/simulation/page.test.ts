import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_HOP_MS } from '../../../services/simulation/latency.ts';
import { TRAFFIC } from '../../../shared/world.ts';
import { coefficientOfVariation } from '../../tools/statistics.ts';
import { NOON } from '../worlds.ts';
import { trafficPages } from './traffic-pages.ts';

const seed = fc.nat({ max: 4_294_967_295 });
const traffic = fc.constantFrom(...TRAFFIC);
const rate = fc.constantFrom(0.1, 1, 10, 500, 20_000, 1_000_000);
const after = fc.oneof(fc.nat({ max: 7 * 86_400_000 }), fc.double({ min: 0, max: 7 * 86_400_000, noNaN: true }));

test('an instant lies in the page that begins before it and ends after it', () => {
  fc.assert(
    fc.property(seed, traffic, rate, after, (s, kind, r, ms) => {
      const pages = trafficPages(r, { seed: s, traffic: kind });
      const index = pages.pageAt(NOON + ms);
      expect(pages.startOf(index)).toBeLessThanOrEqual(NOON + ms);
      expect(pages.startOf(index + 1)).toBeGreaterThan(NOON + ms);
      const start = pages.startOf(index);
      expect(pages.pageAt(start)).toBe(index);
      expect(pages.pageAt(start - 0.001)).toBe(index - 1);
    }),
    { numRuns: 600 },
  );
});

test('all its journeys begin within it, at whole ms', () => {
  fc.assert(
    fc.property(seed, traffic, rate, after, (s, kind, r, ms) => {
      const pages = trafficPages(r, { seed: s, traffic: kind });
      const index = pages.pageAt(NOON + ms);
      const { starts, keys } = pages.page(index);
      expect(starts.length).toBe(pages.template.journeys.length);
      expect(Math.min(...starts)).toBeGreaterThanOrEqual(Math.floor(pages.startOf(index)));
      expect(Math.max(...starts)).toBeLessThan(pages.startOf(index + 1));
      expect(starts.every(Number.isInteger)).toBe(true);
      expect([...keys]).toEqual(pages.template.journeys.map((_, journey) => pages.journeyKey(index, journey)));
    }),
    { numRuns: 150 },
  );
});

test('a page does not depend on those made before', () => {
  fc.assert(
    fc.property(traffic, rate, fc.array(fc.integer({ min: -5, max: 5 })), (kind, r, order) => {
      const kept = trafficPages(r, { traffic: kind });
      const now = kept.pageAt(NOON);
      for (const index of order) {
        const { starts, durations, keys } = kept.page(now + index);
        const fresh = trafficPages(r, { traffic: kind }).page(now + index);
        expect([starts, durations, keys]).toEqual([fresh.starts, fresh.durations, fresh.keys]);
      }
    }),
    { numRuns: 30 },
  );
});

test('each stage ends a hop after what it took, and its lines come then', () => {
  const pages = trafficPages(10);
  const { stages, firstStage, slots } = pages.template;
  const page = pages.page(pages.pageAt(NOON));
  const times = pages.timesOf(page);
  for (const { journey, stage, index } of slots) {
    expect(times[index]).toBe((page.starts[journey] as number) + (page.ends[stage] as number));
  }
  const hops = stages.map((_, stage) => {
    const before = firstStage.includes(stage) ? 0 : (page.ends[stage - 1] as number);
    return (page.ends[stage] as number) - before - (page.durations[stage] as number);
  });
  // A line of a service itself is no part of a journey.
  expect(hops.filter((_, stage) => stages[stage]?.maxMs === 0).every((ms) => ms === 0)).toBe(true);
  const real = hops.filter((_, stage) => (stages[stage]?.maxMs ?? 0) > 0);
  expect(Math.min(...real)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...real)).toBeLessThanOrEqual(MAX_HOP_MS);
  expect(real.filter((ms) => ms === 0).length).toBeLessThan(0.1 * real.length);
});

describe('the kinds of journeys', () => {
  test('come in any order, another in every page', () => {
    const pages = trafficPages(10);
    const now = pages.pageAt(NOON);
    const orderOf = (index: number): string[] => {
      const { starts } = pages.page(index);
      const { journeys } = pages.template;
      return [...journeys.keys()]
        .sort((a, b) => (starts[a] as number) - (starts[b] as number))
        .map((journey) => journeys[journey]?.name as string);
    };
    const [one, other] = [orderOf(now), orderOf(now + 1)];
    const same = one.filter((name, index) => name === other[index]).length;
    expect(same / one.length).toBeLessThan(0.3);
    const switches = one.filter((name, index) => name !== one[index + 1]).length;
    expect(switches / one.length).toBeGreaterThan(0.7);
  });

  test('are neither a metronome nor a single burst', () => {
    const pages = trafficPages(10);
    const now = pages.pageAt(NOON);
    const starts = Array.from({ length: 30 }, (_, index) => [...pages.page(now + index).starts]).flat();
    const sorted = starts.sort((a, b) => a - b);
    const gaps = sorted.slice(1).map((start, index) => start - (sorted[index] as number));
    expect(coefficientOfVariation(gaps)).toBeGreaterThan(1.2);
    expect(coefficientOfVariation(gaps)).toBeLessThan(3);
  });
});
