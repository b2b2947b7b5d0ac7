import { expect, test } from 'vitest';
import { describeSummary, Totals } from '../../../scripts/backfill/summary.ts';

const plan = {
  world: { seed: 7, rate: 10, traffic: 'daily', timeline: [{ at: 0, ratios: { api: 2, auth: 3 }, down: [] }] },
  definitions: [],
  range: { from: 0, to: 2_000 },
  lines: undefined,
  lastLimit: undefined,
  gzip: true,
} as const;

const slice = (from: number, to: number, lines: number) => ({
  slice: { from, to },
  bytes: new Uint8Array(lines * 10),
  textBytes: lines * 100,
  lines,
  linesPerLevel: [
    [1, 2, 3, 4],
    [0, lines - 10, 0, 0],
  ] as const,
});

test('the totals of the slices written', () => {
  const totals = new Totals(plan, ['api', 'auth']);
  totals.add(slice(0, 1_000, 30));
  expect(totals.summary({ output: 'x', workers: 1, seconds: 1 })).toMatchObject({
    complete: false,
    to: '1970-01-01T00:00:01.000Z',
    lines: 30,
  });
  totals.add(slice(1_000, 2_000, 20));
  const summary = totals.summary({ output: 'x.log.gz', workers: 2, seconds: 0.5 });
  expect(summary).toEqual({
    output: 'x.log.gz',
    complete: true,
    from: '1970-01-01T00:00:00.000Z',
    to: '1970-01-01T00:00:02.000Z',
    lines: 50,
    bytes: 500,
    textBytes: 5_000,
    seconds: 0.5,
    linesPerSecond: 100,
    workers: 2,
    seed: 7,
    rate: 10,
    traffic: 'daily',
    ratios: { api: 2, auth: 3 },
    services: {
      api: { DEBUG: 2, INFO: 4, WARNING: 6, ERROR: 8 },
      auth: { DEBUG: 0, INFO: 30, WARNING: 0, ERROR: 0 },
    },
  });
  expect(describeSummary(summary)).toBe(
    'x.log.gz: 50 lines, 0.5 KB, from 1970-01-01T00:00:00.000Z to 1970-01-01T00:00:02.000Z, in 0.5 s (100 lines/s)',
  );
});

test('a world without traffic is steady', () => {
  const { traffic: _, ...world } = plan.world;
  const totals = new Totals({ ...plan, world }, ['api', 'auth']);
  expect(totals.summary({ output: 'x', workers: 1, seconds: 1 }).traffic).toBe('steady');
});
