import { describe, expect, test } from 'vitest';
import type { Exit } from '../../../supervisor/process/exit.ts';
import {
  advance,
  INITIAL_LIFECYCLE,
  type Lifecycle,
  type LifecycleAction,
  type LifecycleEvent,
} from '../../../supervisor/process/lifecycle.ts';

const exited = (at: number, exit: Partial<Exit> = {}): LifecycleEvent => ({
  kind: 'exited',
  exit: { code: 1, signal: undefined, error: undefined, wasReady: true, ranMs: 100, stderrTail: [], ...exit },
  steadyMs: at,
  wallMs: 1_000_000 + at,
  random: 0,
});
const missed = (missedPings: number): LifecycleEvent => ({ kind: 'heartbeat', missedPings });

const spawned: LifecycleEvent = { kind: 'spawned' };
const started: LifecycleEvent = { kind: 'started' };
const stop: LifecycleEvent = { kind: 'stop-requested' };

/** The lifecycle after these events, and all actions. */
function play(...events: readonly LifecycleEvent[]) {
  let lifecycle: Lifecycle = INITIAL_LIFECYCLE;
  const actions: LifecycleAction[] = [];
  for (const event of events) {
    const next = advance(lifecycle, event);
    lifecycle = next.lifecycle;
    if (next.action) actions.push(next.action);
  }
  return { lifecycle, actions };
}

describe('the state', () => {
  test.each<{ what: string; events: readonly LifecycleEvent[]; state: string; spawns: number }>([
    { what: 'nothing yet', events: [], state: 'stopped', spawns: 0 },
    { what: 'a spawn', events: [spawned], state: 'starting', spawns: 1 },
    { what: 'the first world', events: [spawned, started], state: 'up', spawns: 1 },
    { what: 'a stop with a process', events: [spawned, started, stop], state: 'stopping', spawns: 1 },
    { what: 'the exit after a stop', events: [spawned, started, stop, exited(9)], state: 'stopped', spawns: 1 },
    { what: 'a stop while it loads', events: [spawned, stop], state: 'stopping', spawns: 1 },
    { what: 'a crash', events: [spawned, started, exited(9)], state: 'backing-off', spawns: 1 },
    { what: 'the next process', events: [spawned, started, exited(9), spawned], state: 'starting', spawns: 2 },
    { what: 'a stop without a process', events: [spawned, exited(9), stop], state: 'stopped', spawns: 1 },
  ])('after $what: $state', ({ events, state, spawns }) => {
    expect(play(...events).lifecycle).toMatchObject({ state, spawns });
  });
});

describe('a process that does not answer', () => {
  test('is reported after three missed pings, and killed after seven', () => {
    const { lifecycle, actions } = play(spawned, started, ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map(missed));
    expect(lifecycle.state).toBe('unresponsive');
    expect(actions).toEqual([{ kind: 'report-unresponsive' }, { kind: 'kill', reason: 'still does not answer' }]);
  });

  test('is up again when it answers', () => {
    const { lifecycle, actions } = play(spawned, started, missed(3), missed(0));
    expect(lifecycle.state).toBe('up');
    expect(actions).toEqual([{ kind: 'report-unresponsive' }]);
  });

  test('because it has just loaded is not reported', () => {
    expect(play(spawned, missed(5), started, missed(5)).actions).toEqual([]);
  });

  test('because it is loading is killed after thirty missed pings', () => {
    const { actions } = play(spawned, ...Array.from({ length: 35 }, (_, index) => missed(index)));
    expect(actions).toEqual([{ kind: 'kill', reason: 'was not ready within 30 s' }]);
  });

  test('because it is stopping is not reported', () => {
    expect(play(spawned, started, stop, missed(3), missed(7)).actions).toEqual([]);
  });
});

describe('a process that exits', () => {
  test('is restarted at once, then after a delay; how it exited and the next try are recorded', () => {
    const { lifecycle, actions } = play(spawned, started, exited(5), spawned, started, exited(100, { code: 7 }));
    expect(actions).toEqual([
      { kind: 'restart', delayMs: 0 },
      { kind: 'restart', delayMs: 188 },
    ]);
    expect(lifecycle).toMatchObject({ state: 'backing-off', lastExit: 'exit code 7', nextTryAt: 1_000_288 });
    expect(advance(lifecycle, spawned).lifecycle).toMatchObject({ nextTryAt: undefined, lastExit: 'exit code 7' });
  });

  const crashes = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => [spawned, exited(from + index, { wasReady: false })]).flat();

  test('is given up at the sixth time, until an operator resets its failures', () => {
    expect(play(...crashes(0, 6))).toMatchObject({ lifecycle: { state: 'failed' } });
    expect(play(...crashes(0, 6)).actions.at(-1)).toEqual({ kind: 'give-up' });
    const again = play(...crashes(0, 6), { kind: 'failures-reset' }, ...crashes(10, 1));
    expect(again.actions.at(-1)).toEqual({ kind: 'restart', delayMs: 0 });
  });

  test('is not restarted after a stop', () => {
    const { lifecycle, actions } = play(spawned, started, stop, exited(5, { signal: 'SIGKILL' }));
    expect(actions).toEqual([]);
    expect(lifecycle.lastExit).toBeUndefined();
  });
});
