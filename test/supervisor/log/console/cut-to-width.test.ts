import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { cutToWidth } from '../../../../supervisor/log/console/cut-to-width.ts';

test.each([
  ['ascii', 'abcdef', 6, 'abcdef'],
  ['ascii that is too long', 'abcdefg', 6, 'abcde…'],
  ['one cell', 'abc', 1, '…'],
  ['nothing', '', 1, ''],
  ['wide characters', '注文失敗', 8, '注文失敗'],
  ['wide characters that are too long', '注文失敗', 7, '注文失…'],
  ['a wide character that leaves no cell for the ellipsis', '注文失敗', 6, '注文…'],
  ['combining characters', 'e\u0301e\u0301e\u0301', 3, 'e\u0301e\u0301e\u0301'],
  ['combining characters that are too long', 'e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ['emoji of several code points', '👩‍👩‍👧 ok', 3, '👩‍👩‍👧…'],
])('%s: %j in %i cells', (_what, text, width, cut) => {
  expect(cutToWidth(text, width)).toBe(cut);
});

test('never exceeds the width, and does not change what fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
      const cut = cutToWidth(text, width);
      expect(stringWidth(cut)).toBeLessThanOrEqual(width);
      if (stringWidth(text) <= width) expect(cut).toBe(text);
    }),
  );
});
