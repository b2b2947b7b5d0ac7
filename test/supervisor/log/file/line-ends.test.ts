import { expect, test } from 'vitest';
import { countLines, endWithin, lineEnd, lineStart } from '../../../../supervisor/log/file/line-ends.ts';

const bytes = Buffer.from('one\ntwo\nthree\n');

test.each([
  [0, 0],
  [3, 0],
  [4, 4],
  [5, 4],
  [8, 8],
  [13, 8],
  [14, 14],
])('the line with byte %i starts at %i', (offset, start) => {
  expect(lineStart(bytes, offset)).toBe(start);
});

test.each([
  [0, 4],
  [3, 4],
  [4, 8],
  [8, 14],
  [14, 14],
])('the line with byte %i ends at %i', (offset, end) => {
  expect(lineEnd(bytes, offset)).toBe(end);
});

test.each([
  [0, -1, 0],
  [0, 0, 0],
  [0, 3, 0],
  [0, 4, 4],
  [0, 7, 4],
  [0, 8, 8],
  [0, 13, 8],
  [0, 14, 14],
  [0, Number.POSITIVE_INFINITY, 14],
  [4, 3, 4],
  [4, 4, 8],
  [6, 1, 6],
  [6, 2, 8],
])('from byte %i on, the lines within %i bytes end at %i', (offset, maxBytes, end) => {
  expect(endWithin(bytes, offset, maxBytes)).toBe(end);
});

test.each([
  [0, 3],
  [5, 2],
  [14, 0],
])('after byte %i, %i lines end', (offset, lines) => {
  expect(countLines(bytes, offset)).toBe(lines);
});
