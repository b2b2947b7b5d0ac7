import { expect, test } from 'vitest';
import { LineRing } from '../../../supervisor/page/tail/line-ring.ts';

function push(ring: LineRing, ...lines: readonly string[]): void {
  ring.push({ lines: lines.length, bytes: Buffer.from(lines.map((line) => `${line}\n`).join('')), records: [] });
}

const textOf = (pieces: readonly Buffer[]) => pieces.map(String).join('');

test('the lines since a position', () => {
  const ring = new LineRing(10_000);
  const begin = ring.end;
  push(ring, 'one', 'two');
  const middle = ring.end;
  push(ring, 'three');
  expect(textOf(ring.since(begin))).toBe('one\ntwo\nthree\n');
  expect(textOf(ring.since(middle))).toBe('three\n');
  expect(ring.since(ring.end)).toEqual([]);
  expect(ring.end).toEqual({ byte: 14, line: 3 });
});

test('the oldest lines go, whole, and no more memory is taken than is allowed', () => {
  const ring = new LineRing(4_000);
  const lines = Array.from({ length: 1_000 }, (_, index) => `line ${index} ${'x'.repeat(index % 90)}`);
  for (const line of lines) push(ring, line);
  const kept = ring.since({ byte: 0, line: 0 });
  const text = textOf(kept);
  expect(text.length).toBeGreaterThan(2_900);
  expect(kept.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)).toBeLessThanOrEqual(4_000);
  expect(text).toBe(`${lines.slice(ring.begin.line).join('\n')}\n`);
  expect(ring.end.line).toBe(1_000);
});

test.each([
  ['larger than a chunk', 60],
  ['larger than all that is kept', 900],
])('a batch %s', (_, count) => {
  const ring = new LineRing(4_000);
  push(ring, 'before');
  const lines = Array.from({ length: count }, (_, index) => `line ${index} ${'x'.repeat(30)}`);
  push(ring, ...lines);
  push(ring, 'after');
  expect(ring.end.line).toBe(count + 2);
  const all = ['before', ...lines, 'after'];
  expect(textOf(ring.since({ byte: 0, line: 0 }))).toBe(`${all.slice(ring.begin.line).join('\n')}\n`);
  expect(ring.end.line - ring.begin.line).toBeGreaterThan(0);
});
