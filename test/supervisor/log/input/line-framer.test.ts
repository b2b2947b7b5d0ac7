import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineFramer } from '../../../../supervisor/log/input/line-framer.ts';

function frame(chunks: readonly Buffer[], maxBytes?: number): string[] {
  const framer = new LineFramer(undefined, maxBytes);
  return [...chunks.flatMap((chunk) => framer.push(chunk)), ...framer.end()];
}

/** The bytes in chunks that end anywhere. */
function cutAt(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const edges = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
}

const line = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replaceAll('\n', ''));

test('lines are the same wherever the chunks are cut', () => {
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat()), fc.boolean(), (lines, cuts, hasLastNewline) => {
      const text = lines.join('\n') + (hasLastNewline && lines.length > 0 ? '\n' : '');
      const expected = text.split('\n');
      if (expected.at(-1) === '') expected.pop();
      expect(frame(cutAt(Buffer.from(text), cuts))).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  { what: 'nothing', chunks: [], lines: [] },
  { what: 'empty chunks', chunks: ['', ''], lines: [] },
  { what: 'a line', chunks: ['one\n'], lines: ['one'] },
  { what: 'a line without its newline', chunks: ['one'], lines: ['one'] },
  { what: 'a newline alone', chunks: ['\n'], lines: [''] },
  { what: 'a line, then its newline', chunks: ['one', '\n', 'two'], lines: ['one', 'two'] },
  { what: 'three lines at once', chunks: ['one\ntwo\nthree\n'], lines: ['one', 'two', 'three'] },
  { what: 'blank lines', chunks: ['\n\n', '\n'], lines: ['', '', ''] },
  { what: 'a carriage return', chunks: ['one\r\n'], lines: ['one\r'] },
])('$what', ({ chunks, lines }) => {
  expect(frame(chunks.map((chunk) => Buffer.from(chunk)))).toEqual(lines);
});

test('a 200 KB record of three- and four-byte characters in chunks of 64 KiB is decoded as it was', () => {
  const record = '€😀'.repeat(30_000);
  const bytes = Buffer.from(`${record}\n`);
  expect(bytes.length).toBeGreaterThan(200_000);
  const cuts = Array.from({ length: 4 }, (_, index) => (index + 1) * 65_536);
  expect(frame(cutAt(bytes, cuts))).toEqual([record]);
});

describe('a line that is too long', () => {
  test('is cut with a note by how much, and the next one is whole', () => {
    expect(frame([Buffer.from('12345678'), Buffer.from('90'), Buffer.from('ab\nnext\n')], 8)).toEqual([
      '12345678 [cut: 4 bytes more]',
      'next',
    ]);
  });

  test.each([
    { maxBytes: 6, expected: 'a€ [cut: 6 bytes more]' },
    { maxBytes: 7, expected: 'a€€ [cut: 3 bytes more]' },
    { maxBytes: 9, expected: 'a€€ [cut: 3 bytes more]' },
    { maxBytes: 10, expected: 'a€€€' },
  ])('is not cut inside a character: at $maxBytes bytes', ({ maxBytes, expected }) => {
    expect(frame([Buffer.from('a€'), Buffer.from('€€')], maxBytes)).toEqual([expected]);
  });

  test('is completed by its own function, unless the stream ends before the line does', () => {
    const framer = new LineFramer((text, cutBytes) => `${text}|${cutBytes}`, 4);
    expect(framer.push(Buffer.from('whole'))).toEqual([]);
    expect(framer.push(Buffer.from('\nnext\nlonger'))).toEqual(['whol|1', 'next']);
    expect(framer.end()).toEqual(['long [cut: 2 bytes more]']);
  });

  test('is cut at 1 MiB', () => {
    const chunk = Buffer.alloc(65_536, 'x');
    const [line = ''] = frame([...Array.from({ length: 20 }, () => chunk), Buffer.from('\n')]);
    expect(line).toBe(`${'x'.repeat(1_048_576)} [cut: ${4 * 65_536} bytes more]`);
  });
});
