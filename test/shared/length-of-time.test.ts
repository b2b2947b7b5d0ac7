import { expect, test } from 'vitest';
import { formatLength, parseLength } from '../../shared/length-of-time.ts';

test.each([
  ['0s', 0],
  ['90s', 90_000],
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
  ['2w', 1_209_600_000],
  ['1w1s', 604_801_000],
  ['999999w', 604_799_395_200_000],
  ['1d2h3m4s', 93_784_000],
])('%s is %d ms', (text, ms) => {
  expect(parseLength(text)).toBe(ms);
});

test.each(['', '5', 'm', '5m1h', '1d1w', '1y', '1234567s', '-5m', '5 m', '1.5h', '5M', 5, null, undefined])(
  '%j is no length',
  (text) => {
    expect(parseLength(text)).toBeUndefined();
  },
);

test.each([
  [0, '0s'],
  [90_000, '1m30s'],
  [3_600_000, '1h'],
  [93_784_000, '1d2h3m4s'],
  [604_800_000, '7d'],
  [1_499, '1s'],
])('%d ms are %s', (ms, text) => {
  expect(formatLength(ms)).toBe(text);
});
