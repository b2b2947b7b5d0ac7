import { describe, expect, test } from 'vitest';
import { checkRatio, parseRatio } from '../../shared/ratios.ts';

const VALID = Array.from({ length: 101 }, (_, tenths) => tenths / 10);

test('0 to 10 in tenths are ratios, as numbers and as text', () => {
  for (const ratio of VALID) {
    expect(checkRatio('api', ratio)).toBe(ratio);
    expect(parseRatio('--api', String(ratio))).toBe(ratio);
    expect(parseRatio('--api', ratio.toFixed(1))).toBe(ratio);
  }
});

describe('not a ratio', () => {
  test.each([
    -1,
    -0.1,
    10.1,
    11,
    2.55,
    0.05,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '2',
    null,
    undefined,
    true,
    [2],
    {},
  ])('%j', (value) => {
    expect(() => checkRatio('api', value)).toThrow(expect.objectContaining({ code: 'bad-ratio' }));
  });

  test.each([
    [Number.NaN, 'NaN'],
    [5n, '5n'],
    [[1, 2, 3, 4, 5, 6, 7], '[ 1, 2, 3, 4, 5, 6, 7 ]'],
    [new RangeError('two\nlines'), 'RangeError: "two\\nlines"'],
    ['2', '"2"'],
    [undefined, 'undefined'],
    [{ a: [1] }, '{ a: [Array] }'],
  ])('%o is shown as %s', (value, shown) => {
    expect(() => checkRatio('api', value)).toThrow(`api: ${shown} is not a ratio; `);
  });

  test.each(['', ' ', '11', '-1', '-0', '2.55', '2.', '.5', '1e1', '0x5', '+2', ' 2', '2 ', '2,5', 'abc', 'NaN', '٢'])(
    '%j as text',
    (text) => {
      expect(() => parseRatio('--api-ratio', text)).toThrow(
        expect.objectContaining({
          code: 'bad-ratio',
          exitStatus: 2,
          message:
            `--api-ratio: ${JSON.stringify(text)} is not a ratio; ` +
            'use 0 to 10 in whole numbers or tenths, for example --api-ratio 2.5',
        }),
      );
    },
  );
});
