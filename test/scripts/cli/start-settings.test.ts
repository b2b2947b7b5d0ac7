import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from '../../../scripts/cli/parse-args.ts';
import { readStartSettings, startOptions } from '../../../scripts/cli/start-settings.ts';
import { argsFrom } from '../../tools/args-from.ts';

const NAMES = ['api', 'shipping'];
const read = (values: Record<string, string | boolean>) =>
  readStartSettings(NAMES, parse({ usage: 'npm start', options: startOptions(NAMES) }, argsFrom(values)));

test('defaults', () => {
  expect(read({})).toEqual({
    ratios: { api: 2, shipping: 2 },
    rate: 10,
    traffic: 'bursty',
    seed: 1,
    logFile: path.resolve('app.log'),
    maxSize: 100_000_000,
    keep: 5,
    fresh: false,
    console: 'full',
    backfillMs: 0,
    blind: false,
  });
});

test('every setting', () => {
  const values = {
    'api-ratio': '0',
    rate: '0.5',
    traffic: 'steady',
    seed: '4294967295',
    'log-file': '/tmp/x.log',
    'no-console': true,
  };
  expect(read({ ...values, 'max-size': '1.5MB', keep: '0', backfill: '24h', fresh: true, blind: true })).toEqual({
    ratios: { api: 0, shipping: 2 },
    rate: 0.5,
    traffic: 'steady',
    seed: 4_294_967_295,
    logFile: '/tmp/x.log',
    maxSize: 1_500_000,
    keep: 0,
    fresh: true,
    console: false,
    backfillMs: 86_400_000,
    blind: true,
  });
});

test('settings are frozen', () => {
  expect(Object.isFrozen(read({}))).toBe(true);
  expect(Object.isFrozen(read({}).ratios)).toBe(true);
});

test.each([
  ['0', 0],
  ['1KB', 1_000],
  ['1000GB', 1_000_000_000_000],
])('--max-size %s means %i bytes', (text, bytes) => {
  expect(read({ 'max-size': text }).maxSize).toBe(bytes);
});

test.each([
  [{ console: 'short' }, 'short'],
  [{ console: 'full' }, 'full'],
  [{ 'no-console': true }, false],
] as const)('%j: console is %j', (values, form) => {
  expect(read(values as Record<string, string | boolean>).console).toBe(form);
});

test.each(['steady', 'bursty', 'daily'])('--traffic %s', (traffic) => {
  expect(read({ traffic }).traffic).toBe(traffic);
});

test('--console contradicts --no-console', () => {
  expect(() => read({ console: 'short', 'no-console': true })).toThrow(
    expect.objectContaining({
      code: 'bad-option',
      message: '--console: --no-console is given too; leave one of them out',
    }),
  );
});

describe('an invalid value', () => {
  test.each([
    ['rate', '', '--rate: needs a value, for example --rate 10'],
    ['rate', '0', '--rate: "0" is invalid; use a number from 0.1 to 1000000, for example --rate 10'],
    ['rate', '1000001', '--rate: "1000001" is invalid; use a number from 0.1 to 1000000, for example --rate 10'],
    ['rate', '-5', '--rate: "-5" is invalid; use a number from 0.1 to 1000000, for example --rate 10'],
    ['rate', '1e3', '--rate: "1e3" is invalid; use a number from 0.1 to 1000000, for example --rate 10'],
    ['rate', 'fast', '--rate: "fast" is invalid; use a number from 0.1 to 1000000, for example --rate 10'],
    ['traffic', 'wild', '--traffic: "wild" is invalid; use steady, bursty or daily, for example --traffic steady'],
    ['traffic', 'Daily', '--traffic: "Daily" is invalid; use steady, bursty or daily, for example --traffic steady'],
    ['traffic', '', '--traffic: needs a value, for example --traffic bursty'],
    ['seed', '1.5', '--seed: "1.5" is invalid; use a whole number from 0 to 4294967295, for example --seed 1'],
    ['seed', '4294967296', '--seed: "4294967296" is invalid; use a whole number from 0 to 4294967295, for exam'],
    ['seed', '-1', '--seed: "-1" is invalid; use a whole number from 0 to 4294967295, for example --seed 1'],
    ['max-size', '', '--max-size: needs a value, for example --max-size 100MB'],
    ['max-size', 'big', '--max-size: "big" is invalid; use a size from 1KB to 1000GB or 0 for never, for example'],
    ['max-size', '999', '--max-size: "999" is invalid; use a size from 1KB to 1000GB or 0 for never, for example'],
    ['max-size', '1001GB', '--max-size: "1001GB" is invalid; use a size from 1KB to 1000GB or 0 for never, for'],
    ['keep', '-1', '--keep: "-1" is invalid; use a whole number from 0 to 1000, for example --keep 5'],
    ['keep', '1001', '--keep: "1001" is invalid; use a whole number from 0 to 1000, for example --keep 5'],
    ['log-file', '', '--log-file: needs a value, for example --log-file app.log'],
    ['console', 'wide', '--console: "wide" is invalid; use full or short, for example --console short'],
    ['console', '', '--console: needs a value, for example --console short'],
    ['shipping-ratio', '11', '--shipping-ratio: "11" is not a ratio; use 0 to 10 in whole numbers or tenths, for'],
  ])('--%s %j: %s', (option, value, message) => {
    expect(() => read({ [option]: value })).toThrow(message);
  });
});

test('every service has its option', () => {
  expect(Object.keys(startOptions(NAMES)).slice(0, 2)).toEqual(['api-ratio', 'shipping-ratio']);
});
