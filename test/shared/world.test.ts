import { describe, expect, test } from 'vitest';
import { entryAt, latestEntry, trimWorld, type World } from '../../shared/world.ts';

const entry = (at: number) => ({ at, ratios: {}, down: [] });
const timeline: World['timeline'] = [entry(100), entry(200), entry(300)];

describe('the entry in effect', () => {
  test.each([
    { time: Number.NEGATIVE_INFINITY, index: 0 },
    { time: 99, index: 0 },
    { time: 100, index: 0 },
    { time: 199.5, index: 0 },
    { time: 200, index: 1 },
    { time: 299, index: 1 },
    { time: 300, index: 2 },
    { time: 1e15, index: 2 },
  ])('at $time is number $index', ({ time, index }) => {
    expect(entryAt(timeline, time)).toBe(timeline[index]);
  });
});

test('the latest entry is the last', () => {
  expect(latestEntry(timeline)).toBe(timeline[2]);
});

describe('a trimmed world', () => {
  test.each([
    { from: 0, kept: 3 },
    { from: 199, kept: 3 },
    { from: 200, kept: 2 },
    { from: 1_000, kept: 1 },
  ])('from $from has $kept entries, the same ones from then on', ({ from, kept }) => {
    const trimmed = trimWorld({ seed: 1, rate: 10, timeline }, from);
    expect(trimmed.timeline).toHaveLength(kept);
    for (let time = from; time < 1_100; time += 50)
      expect(entryAt(trimmed.timeline, time)).toBe(entryAt(timeline, time));
  });
});
