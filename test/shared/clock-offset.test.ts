import { expect, test } from 'vitest';
import { clockOffsetMark, readClockOffsetMark } from '../../shared/record.ts';
import { clockOffsetAt, clockOffsetsOf, type World } from '../../shared/world.ts';

test('a mark reads back as its offset; other lines do not', () => {
  for (const ms of [-86_400_000, -2_000, 0]) expect(readClockOffsetMark(clockOffsetMark(ms))).toBe(ms);
  for (const line of ['', '{', '{"clockOffsetMs":', '{"clockOffsetMs":x}', '{"clockOffsetMs":1', '{"level":30}']) {
    expect(readClockOffsetMark(line)).toBeUndefined();
  }
});

test('the instants at which the offset changes', () => {
  const entry = (at: number, clockOffsetMs?: number) => ({
    at,
    ratios: {},
    down: [],
    ...(clockOffsetMs ? { clockOffsetMs } : {}),
  });
  const timeline: World['timeline'] = [entry(0), entry(1), entry(2, -5), entry(3, -5), entry(4, -9)];
  expect(clockOffsetsOf(timeline)).toEqual([
    { at: 0, clockOffsetMs: 0 },
    { at: 2, clockOffsetMs: -5 },
    { at: 4, clockOffsetMs: -9 },
  ]);
  expect([-1, 1, 2, 3, 9].map((time) => clockOffsetAt(timeline, time))).toEqual([0, 0, -5, -5, -9]);
});
