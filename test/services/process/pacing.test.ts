import { describe, expect, test } from 'vitest';
import { Pacing } from '../../../services/process/pacing.ts';
import { NOON } from '../worlds.ts';

function startedAt(now: number, { rate = 10, backlogMs = 0 } = {}): Pacing {
  const pacing = new Pacing();
  pacing.dropBefore(now);
  pacing.start(rate, backlogMs);
  return pacing;
}

describe('pacing', () => {
  test.each([
    { rate: 0.1, horizonMs: 1_000 },
    { rate: 50, horizonMs: 1_000 },
    { rate: 500, horizonMs: 100 },
    { rate: 1_000_000, horizonMs: 1 },
  ])('at $rate lines/s looks $horizonMs ms ahead', ({ rate, horizonMs }) => {
    expect(startedAt(NOON, { rate }).horizonMs).toBe(horizonMs);
  });

  test.each([
    { backlogMs: Number.NEGATIVE_INFINITY, maxLagMs: 2_000 },
    { backlogMs: 0, maxLagMs: 2_000 },
    { backlogMs: 7_000, maxLagMs: 9_000 },
    { backlogMs: 900_000, maxLagMs: 62_000 },
  ])('with a backlog of $backlogMs ms it may be $maxLagMs ms behind until it has caught up', (given) => {
    const pacing = startedAt(NOON, given);
    expect(pacing.isTooFarBehind(given.maxLagMs)).toBe(false);
    expect(pacing.isTooFarBehind(given.maxLagMs + 1)).toBe(true);
    pacing.onCaughtUp();
    expect(pacing.isTooFarBehind(2_001)).toBe(true);
  });

  test.each([
    { sleptMs: 2_000, dropBefore: undefined },
    { sleptMs: 2_001, dropBefore: NOON + 1_001 },
    { sleptMs: 3_600_000, dropBefore: NOON + 3_599_000 },
    { sleptMs: -3_600_000, dropBefore: undefined },
  ])('after $sleptMs ms of sleep, lines are dropped before $dropBefore', ({ sleptMs, dropBefore }) => {
    const pacing = startedAt(NOON);
    expect(pacing.dropBefore(NOON + sleptMs)).toBe(dropBefore);
    expect(pacing.dropBefore(NOON + sleptMs)).toBeUndefined();
  });

  test.each([
    { nextLineAt: NOON + 300, appliedAt: undefined, sleepMs: 320 },
    { nextLineAt: NOON + 300, appliedAt: NOON + 319, sleepMs: 320 },
    { nextLineAt: NOON + 300, appliedAt: NOON + 100, sleepMs: 101 },
    { nextLineAt: NOON + 300, appliedAt: NOON - 5, sleepMs: 1 },
  ])('with $nextLineAt and $appliedAt to come it sleeps $sleepMs ms', ({ nextLineAt, appliedAt, sleepMs }) => {
    expect(startedAt(NOON).sleepMs(NOON, nextLineAt, appliedAt)).toBe(sleepMs);
  });
});
