import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { backfillOptions, readBackfillSettings } from '../../../scripts/backfill/backfill-settings.ts';
import { parse } from '../../../scripts/cli/parse-args.ts';
import { argsFrom } from '../../tools/args-from.ts';

const NOW = Date.UTC(2026, 10, 22);
const NAMES = ['api', 'shipping'];
const read = (values: Record<string, string | boolean>) => {
  const args = parse({ usage: 'npm run backfill', options: backfillOptions(NAMES) }, argsFrom(values));
  return readBackfillSettings(NAMES, args, NOW);
};

const required = { from: '2026-11-01', output: 'november.log' };

test('defaults', () => {
  const from = Date.UTC(2026, 10, 1);
  expect(read(required)).toEqual({
    world: {
      seed: 1,
      rate: 10,
      traffic: 'bursty',
      timeline: [{ at: from, ratios: { api: 2, shipping: 2 }, down: [] }],
    },
    range: { from, to: NOW },
    shard: { index: 1, count: 1 },
    output: 'november.log',
    gzip: false,
    force: false,
    json: false,
    workers: availableParallelism(),
  });
});

test('every setting', () => {
  const values = { from: '-2d', lines: '5', output: 'x.log.gz', force: true, json: true, workers: '3' };
  expect(read({ ...values, rate: '0.5', traffic: 'daily', seed: '7', 'shipping-ratio': '9.5' })).toEqual({
    world: {
      seed: 7,
      rate: 0.5,
      traffic: 'daily',
      timeline: [{ at: NOW - 2 * 86_400_000, ratios: { api: 2, shipping: 9.5 }, down: [] }],
    },
    range: { from: NOW - 2 * 86_400_000, lines: 5 },
    shard: { index: 1, count: 1 },
    output: 'x.log.gz',
    gzip: true,
    force: true,
    json: true,
    workers: 3,
  });
  expect(read({ ...required, to: '2026-11-02', shard: '2/4' }).shard).toEqual({ index: 2, count: 4 });
});

test('settings are frozen', () => {
  const settings = read(required);
  for (const part of [settings, settings.world, settings.range, settings.shard])
    expect(Object.isFrozen(part)).toBe(true);
});

const invalid: readonly (readonly [values: Record<string, string | boolean>, message: string])[] = [
  [{ output: 'x' }, '--from: missing; pass the instant at which the log begins, for example --from -7d'],
  [{ from: '-7d' }, '--output: missing; pass a file to write, or - for stdout, for example --output november.log'],
  [{ ...required, from: '' }, '--from: needs a value, for example --from -7d'],
  [{ ...required, to: '' }, '--to: needs a value, for example --to now'],
  [{ ...required, output: ' ' }, '--output: needs a value, for example --output november.log'],
  [{ ...required, from: 'soon' }, '--from: "soon" is invalid; use a time such as '],
  [{ ...required, to: 'soon' }, '--to: "soon" is invalid; use a time such as '],
  [
    { ...required, to: '2026-10-31' },
    '--to: "2026-10-31" is invalid; the end must be after the start, and --from is 2026-11-01T00:00:00.000Z; use',
  ],
  [{ ...required, to: '2026-11-01' }, '--to: "2026-11-01" is invalid; the end must be after the start, and --from is'],
  [
    { ...required, from: '2026-12-01' },
    '--to: 2026-11-22T00:00:00.000Z is invalid; the end must be after the start, and --from is 2026-12-01T00:00:00.000Z; it is now unless you pass --to',
  ],
  [{ ...required, from: 'now' }, '--to: 2026-11-22T00:00:00.000Z is invalid; the end must be after the start'],
  [{ ...required, to: 'now', lines: '5' }, '--lines: --to is given too; leave one of them out'],
  ...['0', '-1', '1.5', '1e6', 'many', '1000000000001'].map(
    (lines) =>
      [
        { ...required, lines },
        `--lines: "${lines}" is invalid; use a whole number from 1 to 1000000000000, for example --lines 1000000`,
      ] as const,
  ),
  ...['0', '-1', '1.5', '257', 'all'].map(
    (workers) =>
      [{ ...required, workers }, `--workers: "${workers}" is invalid; use a whole number from 1 to 256, for`] as const,
  ),
  [{ ...required, shard: '5/4' }, '--shard: "5/4" is invalid; shards are counted from 1: use 1/4 to 4/4'],
  [{ ...required, shard: '' }, '--shard: needs a value, for example --shard 3/64'],
  [
    { ...required, shard: '1/4' },
    '--to: "now" is another instant for every shard; with --shard use the same instant for all, for example --to 2026-11-22T00:00:00.000Z',
  ],
  [
    { ...required, shard: '1/4', from: '-1d', lines: '5' },
    '--from: "-1d" is another instant for every shard; with --shard use the same instant for all, for example --from 2026-11-21T00:00:00.000Z',
  ],
  [{ ...required, rate: '0' }, '--rate: "0" is invalid; use a number from 0.1 to 1000000, for example --rate 10'],
  [
    { ...required, traffic: 'wild' },
    '--traffic: "wild" is invalid; use steady, bursty or daily, for example --traffic s',
  ],
  [{ ...required, seed: 'x' }, '--seed: "x" is invalid; use a whole number from 0 to 4294967295'],
  [{ ...required, 'shipping-ratio': '11' }, '--shipping-ratio: "11" is not a ratio; '],
];

test.each(invalid)('%j: %s', (values, message) => {
  expect(() => read(values)).toThrow(message);
});

test('every service has its option', () => {
  expect(Object.keys(backfillOptions(NAMES))).toEqual(expect.arrayContaining(['api-ratio', 'shipping-ratio', 'rate']));
});
