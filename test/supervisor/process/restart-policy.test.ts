import { describe, expect, test } from 'vitest';
import {
  afterFailure,
  type FailureHistory,
  NO_FAILURES,
  RESTART_POLICY,
} from '../../../supervisor/process/restart-policy.ts';

const AT = 1_000_000;

/** Largest random number, and so no jitter. */
const MAX_RANDOM = 1 - Number.EPSILON;

function decide(history: Partial<FailureHistory>, ranMs: number, random = MAX_RANDOM, wasReady = true) {
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
    expect(decide({ consecutive, at: [] }, 10)).toMatchObject({ kind: 'restart', delayMs });
  });

  test.each([
    { random: 0, delayMs: 750 },
    { random: 0.5, delayMs: 875 },
    { random: MAX_RANDOM, delayMs: 1_000 },
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
    expect(decide({ consecutive: 3 }, ranMs, MAX_RANDOM, false)).toMatchObject({ delayMs: 1_000 });
  });
});

describe('giving up', () => {
  test.each([
    { failures: 5, kind: 'restart' },
    { failures: 6, kind: 'give-up' },
  ])('$failures failures within a minute: $kind', ({ failures, kind }) => {
    const before = Array.from({ length: failures - 1 }, (_, index) => AT - 59_000 + index);
    expect(decide({ consecutive: 0, at: before }, 10).kind).toBe(kind);
  });

  test.each([
    { consecutiveUnready: 5, wasReady: false, kind: 'restart' },
    { consecutiveUnready: 6, wasReady: false, kind: 'give-up' },
    { consecutiveUnready: 6, wasReady: true, kind: 'restart' },
  ])('$consecutiveUnready processes in a row that were never ready, this one: $wasReady: $kind', (row) => {
    const { consecutiveUnready, wasReady, kind } = row;
    expect(decide({ consecutiveUnready: consecutiveUnready - 1 }, 30_000, MAX_RANDOM, wasReady).kind).toBe(kind);
  });

  test('failures that are a minute old do not count', () => {
    const before = [AT - 60_000, AT - 59_999, AT - 4, AT - 3, AT - 2];
    const decision = decide({ consecutive: 0, at: before }, 10);
    expect(decision.kind).toBe('restart');
    expect(decision.history.at).toEqual([...before.slice(1), AT]);
  });

  test('a process that dies at once each time is given up at its sixth exit, after 2.8 to 3.8 s', () => {
    for (const random of [0, MAX_RANDOM]) {
      let history = NO_FAILURES;
      let at = 0;
      const delays: number[] = [];
      for (;;) {
        const decision = afterFailure(history, { at, ranMs: 0, wasReady: true, random });
        if (decision.kind === 'give-up') break;
        delays.push(decision.delayMs);
        at += decision.delayMs;
        history = decision.history;
      }
      expect(delays).toHaveLength(5);
      expect(at).toBeGreaterThan(2_800);
      expect(at).toBeLessThan(3_800);
    }
  });

  test('a process that dies every half a minute is always restarted at once', () => {
    let history = NO_FAILURES;
    for (let at = 0; at < 3_600_000; at += 30_000) {
      const decision = afterFailure(history, { at, ranMs: 30_000, wasReady: true, random: MAX_RANDOM });
      expect(decision).toMatchObject({ kind: 'restart', delayMs: 0 });
      history = decision.history;
    }
    expect(history.at.length).toBeLessThanOrEqual(2);
  });
});
