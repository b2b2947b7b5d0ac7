import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodePiece, TextBuffer } from '../../../services/simulation/text-buffer.ts';
import { escapeControlChars, formatTimestamp } from '../../../shared/record.ts';

function written(write: (out: TextBuffer) => void): string {
  const out = new TextBuffer(8);
  write(out);
  return Buffer.from(out.take()).toString();
}

test('times are written as time stamps, whatever was written before', () => {
  const times = fc.array(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }), { minLength: 1 });
  fc.assert(
    fc.property(times, (all) => {
      expect(
        written((out) => {
          for (const time of all) out.time(time);
        }),
      ).toBe(all.map(formatTimestamp).join(''));
    }),
  );
});

test.each([0, 9, 10, 99, 1_000, 999_999_999, 1_000_000_000, 2 ** 40, -1, 1.5, 1e-7])(
  '%d is written as by String',
  (value) => {
    expect(written((out) => out.value(value))).toBe(String(value));
  },
);

test.each([0, 1, -1, 0x7fffffff, -0x80000000])('%d is written as eight hexadecimal digits', (key) => {
  expect(written((out) => out.hex(key))).toBe((key >>> 0).toString(16).padStart(8, '0'));
});

test('any text becomes one line of UTF-8, given as a value or as a piece', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
      const expected = texts.map((text) => `${escapeControlChars(text)}\n`).join('');
      expect(
        written((out) => {
          for (const text of texts) {
            out.value(text);
            out.endLine();
          }
        }),
      ).toBe(expected);
      expect(
        written((out) => {
          for (const text of texts) {
            out.piece(encodePiece(text));
            out.endLine();
          }
        }),
      ).toBe(expected);
    }),
  );
});
