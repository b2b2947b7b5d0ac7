import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LineCoalescer } from '../../../../supervisor/log/input/line-coalescer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const handed: (readonly string[])[] = [];
  return { handed, gathering: new LineCoalescer((lines) => handed.push(lines)) };
}

test('lines within 25 ms of one another are handed on together', () => {
  const { handed, gathering } = setUp();
  for (const line of ['a', 'b', 'c']) {
    gathering.push([line]);
    vi.advanceTimersByTime(24);
  }
  expect(handed).toEqual([]);
  vi.advanceTimersByTime(1);
  gathering.push(['d']);
  vi.advanceTimersByTime(25);
  expect(handed).toEqual([['a', 'b', 'c'], ['d']]);
});

test('lines that do not end are held for 250 ms', () => {
  const { handed, gathering } = setUp();
  for (let ms = 0; ms < 1_000; ms += 10) {
    gathering.push([String(ms)]);
    vi.advanceTimersByTime(10);
  }
  expect(handed.map(({ length }) => length)).toEqual([25, 25, 25, 25]);
  expect(handed.flat().map(Number)).toEqual(Array.from({ length: 100 }, (_, line) => line * 10));
});

test('long lines are not held for long', () => {
  const { handed, gathering } = setUp();
  const line = 'x'.repeat(100_000);
  for (let count = 0; count < 3; count++) gathering.push([line]);
  expect(handed).toEqual([[line, line, line]]);
});

test('a flush hands on what is held, once, and leaves no timer behind', () => {
  const { handed, gathering } = setUp();
  gathering.push(['a']);
  gathering.flush();
  gathering.flush();
  expect(handed).toEqual([['a']]);
  expect(vi.getTimerCount()).toBe(0);
});
