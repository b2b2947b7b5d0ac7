import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppliedVersions } from '../../../supervisor/world/applied-versions.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('waiting for version 5', () => {
  test.each([
    { what: 'announced before, every line there', expected: 'applied', before: [[5, 10, 10]], after: [] },
    { what: 'announced before, a line missing', expected: 'late', before: [[5, 10, 9]], after: [] },
    { what: 'announced before, the missing line comes', expected: 'applied', before: [[5, 10, 9]], after: [10] },
    { what: 'announced before, another line comes', expected: 'late', before: [[5, 10, 7]], after: [9] },
    { what: 'a later version is announced', expected: 'applied', before: [[6, 10, 10]], after: [] },
    { what: 'an earlier version is announced', expected: 'late', before: [[4, 10, 10]], after: [] },
    { what: 'nothing is announced, lines come', expected: 'late', before: [], after: [1, 2, 3] },
  ])('$what: $expected', async ({ before, after, expected }) => {
    const versions = new AppliedVersions();
    for (const [version, lines, arrived] of before as [number, number, number][]) {
      versions.acknowledge(version, lines, arrived);
    }
    const confirmation = versions.wait(5, 1_000);
    for (const lines of after) versions.linesReceived(lines);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(await confirmation).toBe(expected);
  });

  test.each(['before', 'after'])('the process ends %s it is asked: ended', async (when) => {
    const versions = new AppliedVersions();
    if (when === 'before') versions.end();
    const confirmation = versions.wait(5, 1_000);
    if (when === 'after') versions.end();
    expect(await confirmation).toBe('ended');
  });
});
