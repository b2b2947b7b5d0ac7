import { expect, test } from 'vitest';
import { formatSize, parseSize } from '../../../scripts/cli/size.ts';

test.each([
  ['0', 0],
  ['4096', 4_096],
  ['4096B', 4_096],
  ['500KB', 500_000],
  ['100MB', 100_000_000],
  ['100mb', 100_000_000],
  ['1GB', 1_000_000_000],
  ['1.1GB', 1_100_000_000],
  ['0.001KB', 1],
])('%s is %i bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

test.each(['', '-1', '1e6', '100 MB', '1KiB', '1M', '1TB', '1.5', '0.5B', '0.0001KB', 'MB', '.5MB', '99999999999GB'])(
  '%j is not a size',
  (text) => {
    expect(parseSize(text)).toBeUndefined();
  },
);

test.each([
  [1, '1B'],
  [1_000, '1KB'],
  [1_500, '1500B'],
  [100_000_000, '100MB'],
  [1_000_000_000_000, '1000GB'],
])('%i bytes are written %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
  expect(parseSize(text)).toBe(bytes);
});
