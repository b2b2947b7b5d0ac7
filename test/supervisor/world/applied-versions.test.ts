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
    { what: 'acknowledged before, no line missing', expected: 'applied', before: [[5, 10, 10]], after: [] },
    { what: 'acknowledged before, a line missing', expected: 'timed-out', before: [[5, 10, 9]], after: [] },
    { what: 'acknowledged before, the missing line comes', expected: 'applied', before: [[5, 10, 9]], after: [10] },
    { what: 'acknowledged before, another line comes', expected: 'timed-out', before: [[5, 10, 7]], after: [9] },
    { what: 'a later version is acknowledged', expected: 'applied', before: [[6, 10, 10]], after: [] },
    { what: 'an earlier version is acknowledged', expected: 'timed-out', before: [[4, 10, 10]], after: [] },
    { what: 'nothing is acknowledged, lines come', expected: 'timed-out', before: [], after: [1, 2, 3] },
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

  test.each(['before', 'after'])('the process exits %s the wait begins: exited', async (when) => {
    const versions = new AppliedVersions();
    if (when === 'before') versions.exited();
    const confirmation = versions.wait(5, 1_000);
    if (when === 'after') versions.exited();
    expect(await confirmation).toBe('exited');
  });
});
