import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serviceNames } from '../../services/index.ts';
import { loadCatalog } from '../../services/load-catalog.ts';
import { Simulation } from '../../services/simulation/simulation.ts';
import { formatRecord, isBad, type LogRecord } from '../../shared/record.ts';
import { HISTORY_SENT_MS, MAX_BACKLOG_MS } from '../../shared/timing.ts';
import { TRAFFIC, trimWorld, type World } from '../../shared/world.ts';
import { NOON, steadyWorld, withEntry, worlds } from './worlds.ts';

const catalog = await loadCatalog();
const bytes = (lines: readonly LogRecord[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const lines = (world: World, service: string, from: number, to: number): LogRecord[] =>
  new Simulation(catalog, world).linesBetween(service, from, to);

/** Instants around the changes of `worlds`, in ms after noon. */
const ms = fc.integer({ min: -5_000, max: 125_000 });

describe('the log is a function of time', () => {
  test('[a, c) is [a, b) followed by [b, c), for each service and for all together', () => {
    fc.assert(
      fc.property(worlds, fc.tuple(ms, ms, ms), fc.constantFrom(...serviceNames), (world, cuts, service) => {
        const [a, b, c] = cuts.sort((x, y) => x - y).map((cut) => NOON + cut) as [number, number, number];
        const end = Math.min(c, a + 30_000_000 / world.rate / 100);
        const middle = Math.min(b, end);
        expect(bytes(lines(world, service, a, end))).toBe(
          bytes(lines(world, service, a, middle)) + bytes(lines(world, service, middle, end)),
        );
        const all = new Simulation(catalog, world);
        expect(bytes(all.allLinesBetween(a, end))).toBe(
          bytes(all.allLinesBetween(a, middle)) + bytes(all.allLinesBetween(middle, end)),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('as text it is the formatted records, and its lines are counted', () => {
    fc.assert(
      fc.property(worlds, fc.tuple(ms, ms), fc.nat({ max: 400 }), (world, cuts, limit) => {
        const [from, to] = cuts.sort((x, y) => x - y).map((cut) => NOON + cut) as [number, number];
        const end = Math.min(to, from + 300_000 / world.rate);
        const simulation = new Simulation(catalog, world);
        const records = simulation.allLinesBetween(from, end).slice(0, limit);
        const text = simulation.textBetween(from, end, limit);
        expect(Buffer.from(text.bytes).toString()).toBe(records.map((record) => `${formatRecord(record)}\n`).join(''));
        expect(text.lines).toBe(records.length);
        catalog.services.forEach(({ logName }, service) => {
          const levels = records.filter((record) => record.service === logName).map(({ level }) => level);
          expect(text.linesPerLevel[service]).toEqual(
            [20, 30, 40, 50].map((at) => levels.filter((it) => it === at).length),
          );
        });
      }),
      { numRuns: 60 },
    );
  });

  test('its lines can be counted, and each found by its number, without rendering them', () => {
    const traffics = fc.constantFrom(...TRAFFIC);
    // At the highest rate an interval has hundreds of pages.
    const rates = fc.oneof({ arbitrary: fc.constantFrom(0.1, 3, 250), weight: 8 }, fc.constant(20_000));
    fc.assert(
      fc.property(fc.tuple(ms, ms), rates, traffics, fc.nat({ max: 2_000 }), (cuts, rate, traffic, number) => {
        const [from, to] = cuts.sort((x, y) => x - y).map((cut) => NOON + cut) as [number, number];
        const end = Math.ceil(Math.min(to, from + 3_000_000 / rate));
        const simulation = new Simulation(catalog, steadyWorld(serviceNames, 2, { rate, traffic }));
        const times = simulation.allLinesBetween(from, end).map(({ time }) => time);
        expect(simulation.countDueBetween(from, end)).toBe(times.length);
        if (number < times.length) expect(simulation.timeOfLine(from, number + 1)).toBe(times[number]);
      }),
      { numRuns: 45 },
    );
  });

  test.each(TRAFFIC)('thousands of cuts of one interval of %s traffic add up to it', (traffic) => {
    const steady = steadyWorld(serviceNames, 3, { rate: 200, traffic });
    const world = withEntry(steady, NOON + 4_321, { down: ['payment'] });
    const expected = bytes(lines(world, 'api', NOON, NOON + 10_000));
    const simulation = new Simulation(catalog, world);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 40, maxLength: 120 }), (cuts) => {
        const edges = [0, ...cuts.sort((x, y) => x - y), 10_000];
        const parts = edges
          .slice(1)
          .map((to, i) => simulation.linesBetween('api', NOON + (edges[i] as number), NOON + to));
        expect(bytes(parts.flat())).toBe(expected);
      }),
      { numRuns: 30 },
    );
  });

  test('what is already written does not depend on later changes', () => {
    fc.assert(
      fc.property(
        worlds,
        fc.integer({ min: 0, max: 110_000 }),
        fc.constantFrom(...serviceNames),
        (world, cut, service) => {
          const past = { ...world, timeline: world.timeline.filter(({ at }) => at <= NOON + cut) } as unknown as World;
          const from = NOON + cut - 3_000;
          expect(bytes(lines(past, service, from, NOON + cut))).toBe(bytes(lines(world, service, from, NOON + cut)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a world trimmed to as much as a process is sent has the same lines from then on', () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom(...serviceNames), (world, service) => {
        const from = NOON + 90_000 + HISTORY_SENT_MS - MAX_BACKLOG_MS;
        const trimmed = trimWorld(world, NOON + 90_000);
        expect(bytes(lines(trimmed, service, from, from + 2_000))).toBe(
          bytes(lines(world, service, from, from + 2_000)),
        );
      }),
      { numRuns: 40 },
    );
  });

  test.each(TRAFFIC)('a service that was down goes on in the stream of one that was not, in %s traffic', (traffic) => {
    const steady = steadyWorld(serviceNames, 2, { traffic });
    const killed = withEntry(withEntry(steady, NOON, { down: ['auth'] }), NOON + 5_000, { down: [] });
    expect(lines(killed, 'auth', NOON, NOON + 5_000)).toEqual([]);
    // Journeys that needed it meanwhile end differently; all others are the same to the byte.
    const after = NOON + 5_000 + 40_000;
    expect(bytes(lines(killed, 'auth', after, after + 60_000))).toBe(
      bytes(lines(steady, 'auth', after, after + 60_000)),
    );
    const ids = (world: World) =>
      lines(world, 'auth', NOON + 5_000, after).map((line) => `${line.time} ${line.request_id}`);
    const needed = lines(steady, 'auth', NOON, NOON + 5_000).map(({ request_id }) => request_id);
    const isOther = (id: string) => ![...needed, undefined].some((request) => id.endsWith(` ${request}`));
    const lost = ids(steady).filter((id) => isOther(id) && !ids(killed).includes(id));
    expect(lost).toEqual([]);
  });

  test.each(TRAFFIC)('lines are in order of time and inside the interval, in %s traffic', (traffic) => {
    for (const service of serviceNames) {
      const times = lines(steadyWorld(serviceNames, 2, { traffic }), service, NOON, NOON + 600_000).map(
        ({ time }) => time,
      );
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times[0]).toBeGreaterThanOrEqual(NOON);
      expect(times.at(-1)).toBeLessThan(NOON + 600_000);
    }
  });

  test('the bytes are those of the release: changing this checksum is a breaking change', () => {
    const world = withEntry(
      withEntry(steadyWorld(serviceNames, 2), NOON + 30_000, { down: ['payment'] }),
      NOON + 60_000,
      {
        down: [],
        ratios: { api: 8, auth: 0, inventory: 0.5, notification: 10, payment: 9.9 },
      },
    );
    const all = bytes(new Simulation(catalog, world).allLinesBetween(NOON, NOON + 180_000));
    expect(createHash('sha256').update(all).digest('hex')).toMatchInlineSnapshot(
      `"e235d66968a4c6516a6e9b998739b6b269bf80459c247eed20c15ffd88cac0f1"`,
    );
  });
});

describe('ratios changed while it runs', () => {
  const extremes = [0, 10].flatMap((ratio) => TRAFFIC.map((traffic) => [ratio, traffic] as const));
  test.each(extremes)('%d is in effect from the very instant, in the middle of %s traffic', (ratio, traffic) => {
    for (const service of serviceNames) {
      const before = steadyWorld(serviceNames, 5, { rate: 100, traffic });
      const ratios = { ...before.timeline[0].ratios, [service]: ratio };
      const world = withEntry(before, NOON, { ratios });
      const changed = lines(world, service, NOON, NOON + 30_000);
      expect(changed.length).toBeGreaterThan(50);
      expect(changed.filter((line) => isBad(line.level) !== (ratio === 10))).toEqual([]);
    }
  });

  test.each(TRAFFIC)('a change in mid-page gives each part of %s traffic its own share', (traffic) => {
    const before = steadyWorld(serviceNames, 2, { traffic });
    const ms = new Simulation(catalog, before).pagesOf('api')[0]?.ms as number;
    const from = Math.ceil(NOON / ms) * ms;
    const middle = from + 20.5 * ms;
    const ratios = { api: 8, auth: 1, inventory: 0.5, notification: 9.9, payment: 6 };
    const world = withEntry(before, middle, { ratios });
    for (const [service, ratio] of Object.entries(ratios)) {
      for (const [a, b, expected] of [
        [from, middle, 2],
        [middle, from + 41 * ms, ratio],
      ] as const) {
        const part = lines(world, service, a, b);
        const share = part.filter((line) => isBad(line.level)).length / part.length;
        // Whole pages are exact; half a page and the journeys over its edges are a sample.
        expect(Math.abs(share - expected / 10), `${service} ${share}`).toBeLessThan(0.02);
      }
    }
  });
});

describe('arrivals', () => {
  test.each(serviceNames)('of %s are neither a metronome nor a single burst', (service) => {
    for (const seed of [1, 2, 3]) {
      const world = steadyWorld(serviceNames, 2, { seed });
      const times = lines(world, service, NOON, NOON + 3_600_000).map(({ time }) => time);
      const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
      const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
      const variation = Math.sqrt(variance) / mean;
      expect(variation, `seed ${seed}`).toBeGreaterThan(1);
      expect(variation, `seed ${seed}`).toBeLessThan(3);
    }
  });

  test.each([0.5, 10, 1000])('add up to a rate of %d lines a second', (rate) => {
    const simulation = new Simulation(catalog, steadyWorld(serviceNames, 2, { rate }));
    const ms = simulation.pagesOf('api')[0]?.ms as number;
    const count = simulation.allLinesBetween(NOON, NOON + 20 * ms).length;
    expect(count / ((20 * ms) / 1000) / rate).toBeCloseTo(1, 1);
  });
});

describe('a recorded world with gaps', () => {
  test('leaves out what was not written, to the line, and nothing else', () => {
    const world = steadyWorld(serviceNames, 2, { rate: 500 });
    const all = lines(world, 'api', NOON, NOON + 4_000);
    const shared = all.find(({ time }, i) => time === all[i + 1]?.time)?.time as number;
    for (const [from, writtenAtStart, to] of [
      [NOON + 1_000, 0, NOON + 2_000],
      [shared, 1, shared + 700],
      [shared, 2, Number.MAX_SAFE_INTEGER],
    ] as const) {
      const gap = { service: 'api', from, writtenAtStart, to };
      const written = lines({ ...world, gaps: [gap] }, 'api', NOON, NOON + 4_000);
      const before = all.filter(({ time }) => time < from);
      const edge = all.filter(({ time }) => time === from).slice(0, writtenAtStart);
      expect(bytes(written)).toBe(bytes([...before, ...edge, ...all.filter(({ time }) => time >= to)]));
      const other = lines({ ...world, gaps: [gap] }, 'auth', NOON, NOON + 4_000);
      expect(bytes(other)).toBe(bytes(lines(world, 'auth', NOON, NOON + 4_000)));
    }
  });
});
