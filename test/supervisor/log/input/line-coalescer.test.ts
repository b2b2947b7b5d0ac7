import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LineCoalescer } from '../../../../supervisor/log/input/line-coalescer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const emitted: (readonly string[])[] = [];
  return { emitted, coalescer: new LineCoalescer((lines) => emitted.push(lines)) };
}

test('lines within 25 ms of one another are emitted together', () => {
  const { emitted, coalescer } = setUp();
  for (const line of ['a', 'b', 'c']) {
    coalescer.push([line]);
    vi.advanceTimersByTime(24);
  }
  expect(emitted).toEqual([]);
  vi.advanceTimersByTime(1);
  coalescer.push(['d']);
  vi.advanceTimersByTime(25);
  expect(emitted).toEqual([['a', 'b', 'c'], ['d']]);
});

test('lines without a pause are delayed by 250 ms at most', () => {
  const { emitted, coalescer } = setUp();
  for (let ms = 0; ms < 1_000; ms += 10) {
    coalescer.push([String(ms)]);
    vi.advanceTimersByTime(10);
  }
  expect(emitted.map(({ length }) => length)).toEqual([25, 25, 25, 25]);
  expect(emitted.flat().map(Number)).toEqual(Array.from({ length: 100 }, (_, line) => line * 10));
});

test('long lines are emitted early', () => {
  const { emitted, coalescer } = setUp();
  const line = 'x'.repeat(100_000);
  for (let count = 0; count < 3; count++) coalescer.push([line]);
  expect(emitted).toEqual([[line, line, line]]);
});

test('a flush emits the delayed lines, once, and leaves no timer', () => {
  const { emitted, coalescer } = setUp();
  coalescer.push(['a']);
  coalescer.flush();
  coalescer.flush();
  expect(emitted).toEqual([['a']]);
  expect(vi.getTimerCount()).toBe(0);
});
