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

function decide(history: Partial<FailureHistory>, ranMs: number, draw = LONGEST, wasReady = true) {
  return afterFailure({ ...NO_FAILURES, ...history }, { at: AT, ranMs, wasReady, draw });
}

describe('delay before the restart', () => {
  test.each([
    { inARow: 0, afterMs: 0 },
    { inARow: 1, afterMs: 250 },
    { inARow: 2, afterMs: 500 },
    { inARow: 3, afterMs: 1_000 },
    { inARow: 4, afterMs: 2_000 },
    { inARow: 5, afterMs: 4_000 },
    { inARow: 6, afterMs: 8_000 },
    { inARow: 7, afterMs: 10_000 },
    { inARow: 40, afterMs: 10_000 },
  ])('after $inARow failures since the last stable run: $afterMs ms', ({ inARow, afterMs }) => {
    expect(decide({ inARow, at: [] }, 10)).toMatchObject({ action: 'restart', afterMs });
  });

  test.each([
    { draw: 0, afterMs: 750 },
    { draw: 0.5, afterMs: 875 },
    { draw: LONGEST, afterMs: 1_000 },
  ])('a draw of $draw makes $afterMs ms of 1000', ({ draw, afterMs }) => {
    expect(decide({ inARow: 3, at: [] }, 10, draw)).toMatchObject({ afterMs });
  });

  test.each([
    { ranMs: RESTART_POLICY.stableAfter - 1, afterMs: 1_000 },
    { ranMs: RESTART_POLICY.stableAfter, afterMs: 0 },
  ])('after a run of $ranMs ms: $afterMs ms', ({ ranMs, afterMs }) => {
    expect(decide({ inARow: 3, at: [] }, ranMs)).toMatchObject({ afterMs });
  });

  test('a process that was never ready was not stable, however long it loaded', () => {
    const ranMs = 2 * RESTART_POLICY.stableAfter;
    expect(decide({ inARow: 3 }, ranMs, LONGEST, false)).toMatchObject({ afterMs: 1_000 });
  });
});

describe('giving up', () => {
  test.each([
    { failures: 5, action: 'restart' },
    { failures: 6, action: 'give-up' },
  ])('$failures failures within a minute: $action', ({ failures, action }) => {
    const before = Array.from({ length: failures - 1 }, (_, index) => AT - 59_000 + index);
    expect(decide({ inARow: 0, at: before }, 10).action).toBe(action);
  });

  test.each([
    { unreadyInARow: 5, wasReady: false, action: 'restart' },
    { unreadyInARow: 6, wasReady: false, action: 'give-up' },
    { unreadyInARow: 6, wasReady: true, action: 'restart' },
  ])('$unreadyInARow processes in a row that never got ready, ready this time: $wasReady: $action', (row) => {
    const { unreadyInARow, wasReady, action } = row;
    expect(decide({ unreadyInARow: unreadyInARow - 1 }, 30_000, LONGEST, wasReady).action).toBe(action);
  });

  test('failures that are a minute old do not count', () => {
    const before = [AT - 60_000, AT - 59_999, AT - 4, AT - 3, AT - 2];
    const verdict = decide({ inARow: 0, at: before }, 10);
    expect(verdict.action).toBe('restart');
    expect(verdict.history.at).toEqual([...before.slice(1), AT]);
  });

  test('a process that dies at once each time is given up at its sixth end, after 2.8 to 3.8 s', () => {
    for (const draw of [0, LONGEST]) {
      let history = NO_FAILURES;
      let at = 0;
      const delays: number[] = [];
      for (;;) {
        const verdict = afterFailure(history, { at, ranMs: 0, wasReady: true, draw });
        if (verdict.action === 'give-up') break;
        delays.push(verdict.afterMs);
        at += verdict.afterMs;
        history = verdict.history;
      }
      expect(delays).toHaveLength(5);
      expect(at).toBeGreaterThan(2_800);
      expect(at).toBeLessThan(3_800);
    }
  });

  test('a process that dies every half a minute is restarted at once for ever', () => {
    let history = NO_FAILURES;
    for (let at = 0; at < 3_600_000; at += 30_000) {
      const verdict = afterFailure(history, { at, ranMs: 30_000, wasReady: true, draw: LONGEST });
      expect(verdict).toMatchObject({ action: 'restart', afterMs: 0 });
      history = verdict.history;
    }
    expect(history.at.length).toBeLessThanOrEqual(2);
  });
});
