import { describe, expect, test } from 'vitest';
import { parseShard, shareOf, WHOLE } from '../../../scripts/backfill/shard.ts';

test.each([
  ['1/1', { index: 1, count: 1 }],
  ['3/64', { index: 3, count: 64 }],
  ['64/64', { index: 64, count: 64 }],
  ['03/64', { index: 3, count: 64 }],
  ['1000000/1000000', { index: 1_000_000, count: 1_000_000 }],
])('%s is valid', (text, shard) => {
  expect(parseShard(text)).toEqual(shard);
});

test.each([
  ['0/64', 'use 1/64 to 64/64'],
  ['65/64', 'use 1/64 to 64/64'],
  ['1/0', 'use I/N with I from 1 to N'],
  ['1/1000001', 'use I/N with I from 1 to N'],
  ['3', 'use I/N with I from 1 to N'],
  ['3/', 'use I/N with I from 1 to N'],
  ['/64', 'use I/N with I from 1 to N'],
  ['-1/64', 'use I/N with I from 1 to N'],
  ['1.5/64', 'use I/N with I from 1 to N'],
  ['3 / 64', 'use I/N with I from 1 to N'],
  ['3/64/2', 'use I/N with I from 1 to N'],
])('%s is invalid', (text, advice) => {
  const message = `--shard: "${text}" is invalid; shards are counted from 1: ${advice}, for example --shard 3/64`;
  expect(() => parseShard(text)).toThrow(expect.objectContaining({ code: 'bad-option', message }));
});

describe('the shares', () => {
  test.each([
    { from: 0, to: 10, count: 1 },
    { from: 0, to: 10, count: 3 },
    { from: 1_793_491_200_000, to: 1_796_083_200_000, count: 64 },
    { from: 7, to: 10, count: 10 },
    { from: 0, to: 7_258_118_399_999, count: 997 },
  ])('of [$from, $to) in $count meet, and none is longer than another by more than a millisecond', (row) => {
    const { count, ...range } = row;
    const shares = Array.from({ length: count }, (_, index) => shareOf(range, { index: index + 1, count }));
    expect(shares[0]?.from).toBe(range.from);
    expect(shares.at(-1)?.to).toBe(range.to);
    shares.slice(1).forEach(({ from }, index) => {
      expect(from).toBe(shares[index]?.to);
    });
    const lengths = shares.map(({ from, to }) => to - from);
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
  });

  test('are exact beyond 2^53', () => {
    const range = { from: 0, to: 7_258_118_399_999 };
    expect(shareOf(range, { index: 999_999, count: 1_000_000 })).toEqual({
      from: 7_258_103_883_762,
      to: 7_258_111_141_880,
    });
  });

  test('the last shard is not empty, even with more shards than milliseconds', () => {
    expect(shareOf({ from: 5, to: 7 }, { index: 10, count: 10 })).toEqual({ from: 6, to: 7 });
  });

  test('the only shard is the whole range', () => {
    expect(shareOf({ from: 5, to: 7 }, WHOLE)).toEqual({ from: 5, to: 7 });
  });
});
