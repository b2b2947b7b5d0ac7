import { describe, expect, test } from 'vitest';
import {
  afterFailure,
  type FailureHistory,
  NO_FAILURES,
  RESTART_POLICY,
} from '../../../supervisor/process/restart-policy.ts';

const AT = 1_000_000;

/** The longest delay that may be drawn. */
const LONGEST = 1 - Number.EPSILON;

function decide(history: Partial<FailureHistory>, ranMs: number, random = LONGEST, wasReady = true) {
  return afterFailure({ ...NO_FAILURES, ...history }, { at: AT, ranMs, wasReady, random });
}

describe('delay before the restart', () => {
  test.each([
    { consecutive: 0, delayMs: 0 },
    { consecutive: 1, delayMs: 250 },
    { consecutive: 2, delayMs: 500 },
    { consecutive: 3, delayMs: 1_000 },
    { consecutive: 4, delayMs: 2_000 },
    { consecutive: 5, delayMs: 4_000 },
    { consecutive: 6, delayMs: 8_000 },
    { consecutive: 7, delayMs: 10_000 },
    { consecutive: 40, delayMs: 10_000 },
  ])('after $consecutive failures since the last stable run: $delayMs ms', ({ consecutive, delayMs }) => {
    expect(decide({ consecutive, at: [] }, 10)).toMatchObject({ action: 'restart', delayMs });
  });

  test.each([
    { random: 0, delayMs: 750 },
    { random: 0.5, delayMs: 875 },
    { random: LONGEST, delayMs: 1_000 },
  ])('a random of $random makes $delayMs ms of 1000', ({ random, delayMs }) => {
    expect(decide({ consecutive: 3, at: [] }, 10, random)).toMatchObject({ delayMs });
  });

  test.each([
    { ranMs: RESTART_POLICY.stableAfterMs - 1, delayMs: 1_000 },
    { ranMs: RESTART_POLICY.stableAfterMs, delayMs: 0 },
  ])('after a run of $ranMs ms: $delayMs ms', ({ ranMs, delayMs }) => {
    expect(decide({ consecutive: 3, at: [] }, ranMs)).toMatchObject({ delayMs });
  });

  test('a process that was never ready was not stable, however long it loaded', () => {
    const ranMs = 2 * RESTART_POLICY.stableAfterMs;
    expect(decide({ consecutive: 3 }, ranMs, LONGEST, false)).toMatchObject({ delayMs: 1_000 });
  });
});

describe('giving up', () => {
  test.each([
    { failures: 5, action: 'restart' },
    { failures: 6, action: 'give-up' },
  ])('$failures failures within a minute: $action', ({ failures, action }) => {
    const before = Array.from({ length: failures - 1 }, (_, index) => AT - 59_000 + index);
    expect(decide({ consecutive: 0, at: before }, 10).action).toBe(action);
  });

  test.each([
    { consecutiveUnready: 5, wasReady: false, action: 'restart' },
    { consecutiveUnready: 6, wasReady: false, action: 'give-up' },
    { consecutiveUnready: 6, wasReady: true, action: 'restart' },
  ])('$consecutiveUnready processes in a row that never got ready, ready this time: $wasReady: $action', (row) => {
    const { consecutiveUnready, wasReady, action } = row;
    expect(decide({ consecutiveUnready: consecutiveUnready - 1 }, 30_000, LONGEST, wasReady).action).toBe(action);
  });

  test('failures that are a minute old do not count', () => {
    const before = [AT - 60_000, AT - 59_999, AT - 4, AT - 3, AT - 2];
    const decision = decide({ consecutive: 0, at: before }, 10);
    expect(decision.action).toBe('restart');
    expect(decision.history.at).toEqual([...before.slice(1), AT]);
  });

  test('a process that dies at once each time is given up at its sixth end, after 2.8 to 3.8 s', () => {
    for (const random of [0, LONGEST]) {
      let history = NO_FAILURES;
      let at = 0;
      const delays: number[] = [];
      for (;;) {
        const decision = afterFailure(history, { at, ranMs: 0, wasReady: true, random });
        if (decision.action === 'give-up') break;
        delays.push(decision.delayMs);
        at += decision.delayMs;
        history = decision.history;
      }
      expect(delays).toHaveLength(5);
      expect(at).toBeGreaterThan(2_800);
      expect(at).toBeLessThan(3_800);
    }
  });

  test('a process that dies every half a minute is restarted at once for ever', () => {
    let history = NO_FAILURES;
    for (let at = 0; at < 3_600_000; at += 30_000) {
      const decision = afterFailure(history, { at, ranMs: 30_000, wasReady: true, random: LONGEST });
      expect(decision).toMatchObject({ action: 'restart', delayMs: 0 });
      history = decision.history;
    }
    expect(history.at.length).toBeLessThanOrEqual(2);
  });
});
