import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCatalog } from '../../../services/simulation/compile-catalog.ts';
import type { Page, Pages } from '../../../services/simulation/page.ts';
import type { Stage } from '../../../services/simulation/page-template.ts';
import { TRAFFIC } from '../../../shared/world.ts';
import { median } from '../../tools/statistics.ts';
import { NOON } from '../worlds.ts';
import { smallService } from './small-service.ts';
import { builtIn, statesOf, trafficPages } from './traffic-pages.ts';

const seed = fc.nat({ max: 4_294_967_295 });
/** A step that ends at its timeout takes less than so many ms longer. */
const OVERSHOOT_MS = 8;

/** The limit at which a stage ends, in ms; undefined when it has none. */
function timeoutOf({ timeouts }: Stage, limits: Int32Array): number | undefined {
  return timeouts.length === 0 ? undefined : Math.min(...timeouts.map((index) => limits[index] as number));
}

/** What every stage of a page takes, with its journey and when that began. */
function stagesOf({ template: { stages, firstStage, journeys } }: Pages, { durations, starts }: Page) {
  return journeys.flatMap((_, journey) => {
    const own = stages.slice(firstStage[journey], firstStage[journey + 1]);
    return own.map((stage, at) => {
      const ms = durations[(firstStage[journey] as number) + at] as number;
      return { stage, journey, ms, start: starts[journey] as number };
    });
  });
}

test('no stage and no journey takes longer than it may, on any page', () => {
  const rate = fc.constantFrom(0.1, 10, 1_000, 1_000_000);
  fc.assert(
    fc.property(seed, rate, fc.constantFrom(...TRAFFIC), fc.nat({ max: 86_400_000 * 7 }), (s, r, traffic, after) => {
      const pages = trafficPages(r, { seed: s, traffic });
      const limits = builtIn.limits.drawFor(s);
      const totals = pages.durations.maxMsOf.map(() => 0);
      const all = stagesOf(pages, pages.page(pages.pageAt(NOON + after)));
      for (const { journey, ms } of all) totals[journey] = (totals[journey] as number) + ms;
      const endOf = (stage: Stage): number => {
        if (stage.watchedBy < 0) return stage.maxMs + 1;
        const longest = Math.max(stage.maxMs, Math.min(10 * stage.maxMs, 10_000));
        return (timeoutOf(stage, limits) ?? longest) + OVERSHOOT_MS;
      };
      const tooLong = all.filter(({ stage, ms }) => ms < stage.minMs || ms >= endOf(stage));
      expect(tooLong).toEqual([]);
      expect(all).toHaveLength(pages.template.stages.length);
      expect(totals.filter((total, journey) => total > (pages.durations.maxMsOf[journey] as number))).toEqual([]);
      expect(pages.durations.maxMs).toBe(Math.max(...pages.durations.maxMsOf));
    }),
    { numRuns: 200 },
  );
});

describe('over many pages', () => {
  const pages = trafficPages(10);
  const limits = builtIn.limits.drawFor(1);
  const first = pages.pageAt(NOON);
  const states = statesOf(1);
  const stages = pages.template.stages.map((stage) => ({ stage, all: [] as number[], relative: [] as number[] }));
  for (let index = first; index < first + 2_000; index++)
    stagesOf(pages, pages.page(index)).forEach(({ stage: { watchedBy }, ms, start }, at) => {
      stages[at]?.all.push(ms);
      stages[at]?.relative.push(watchedBy < 0 ? ms : ms / (states[watchedBy]?.loadAt(start) as number));
    });

  test('half of the time a stage takes less than an eighth of its range, times the load of its service', () => {
    for (const { stage, relative } of stages) {
      if (stage.isSteady) continue;
      const eighth = stage.minMs + (stage.maxMs - stage.minMs) / 8;
      // Fractions of a ms are cut off.
      expect(Math.abs(median(relative) - eighth)).toBeLessThan(1 + eighth / 10);
    }
  });

  test('computation takes mostly the same, within a quarter of what its machine takes', () => {
    const steady = stages.filter(({ stage }) => stage.isSteady);
    expect(steady.length).toBeGreaterThan(0);
    for (const { all } of steady) {
      const middle = median(all);
      expect(middle).toBeGreaterThan(60);
      expect(middle).toBeLessThan(120);
      const near = all.filter((ms) => ms > 0.75 * middle && ms < 1.25 * middle);
      expect(near.length / all.length).toBeGreaterThan(0.6);
      expect(Math.max(...all)).toBeGreaterThan(2 * middle);
      // No hard floor: the fastest twentieth is spread over several ms.
      const fastest = [...all].sort((x, y) => x - y).slice(0, all.length / 20);
      expect(new Set(fastest).size).toBeGreaterThan(3);
    }
  });

  test('now and then a stage runs into its timeout, whichever it is, and mostly it does not', () => {
    const reached = new Map<number, boolean>();
    let share = 0;
    let watched = 0;
    for (const { stage, all } of stages) {
      const timeout = timeoutOf(stage, limits);
      if (timeout === undefined) continue;
      const over = all.filter((ms) => ms >= timeout).length;
      share += over / all.length;
      watched++;
      for (const limit of stage.timeouts)
        if (limits[limit] === timeout) reached.set(limit, over > 0 || reached.get(limit) === true);
    }
    expect(watched).toBeGreaterThan(50);
    expect([...reached].filter(([, is]) => !is)).toEqual([]);
    expect(share / watched).toBeGreaterThan(1e-4);
    expect(share / watched).toBeLessThan(0.01);
  });

  test('what no service watches keeps to its range', () => {
    const unwatched = stages.filter(({ stage }) => stage.watchedBy < 0 && stage.maxMs > 20);
    expect(unwatched.length).toBeGreaterThan(0);
    for (const { stage, all } of unwatched) {
      expect(Math.max(...all)).toBeLessThanOrEqual(stage.maxMs);
      expect(Math.max(...all)).toBeGreaterThan(0.8 * stage.maxMs);
    }
  });
});

test('a fault that slows its service lengthens its steps, and more of them time out', () => {
  const catalog = compileCatalog(
    [
      smallService({
        faults: { congested: { slowdown: 5 }, harmless: {} },
        steps: {
          'visit.load': {
            good: [{ level: 'INFO', text: 'loaded' }],
            bad: [{ level: 'ERROR', cause: 'timeout', text: 'no answer in {limit} ms', fails: 504 }],
          },
        },
      }),
    ],
    { visit: { perPage: 60, actor: 'customer', stages: { load: [10, 90] } } },
  );
  const pages = trafficPages(1, { catalog });
  const [state] = statesOf(1, catalog);
  const timeout = catalog.limits.drawFor(1)[0] as number;
  const during: number[] = [];
  const otherwise: number[] = [];
  for (let index = pages.pageAt(NOON); index < pages.pageAt(NOON + 86_400_000 * 3); index++)
    for (const { stage, ms, start } of stagesOf(pages, pages.page(index)))
      if (stage.watchedBy === 0) (state?.spellAt(start).fault === 0 ? during : otherwise).push(ms);
  expect(median(during) / median(otherwise)).toBeGreaterThan(3.5);
  const share = (all: readonly number[]) => all.filter((ms) => ms >= timeout).length / all.length;
  expect(share(during)).toBeGreaterThan(5 * share(otherwise));
  expect(share(otherwise)).toBeGreaterThan(0);
});
