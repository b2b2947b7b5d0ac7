import { describe, expect, test } from 'vitest';
import { HISTORY_SECONDS, type SecondOfCounts } from '../../../../shared/page-api.ts';
import { INITIAL_STATE } from '../../../../supervisor/page/browser/state/page-state.ts';
import { reduce } from '../../../../supervisor/page/browser/state/reduce.ts';
import { FLEET_STATE, fleetEvent, NOW, SNAPSHOT, stateAfter } from './state.ts';

const second = (at: number, good = 1): SecondOfCounts => ({ at, counts: { api: [good, 0, 0] } });
const counted = (at: number, good?: number) => fleetEvent({ type: 'counts', data: second(at, good) });
const marked = (at: number) => fleetEvent({ type: 'mark', data: { at, level: 'INFO', text: String(at) } });
const lost = { type: 'connection', connection: { status: 'lost', retryAt: NOW } } as const;

describe('the connection', () => {
  test('is live with a snapshot, not before', () => {
    expect(INITIAL_STATE.connection.status).toBe('connecting');
    expect(stateAfter().connection.status).toBe('live');
    expect(stateAfter(lost).connection.status).toBe('lost');
    expect(stateAfter(lost, fleetEvent({ type: 'snapshot', data: SNAPSHOT })).connection.status).toBe('live');
  });

  test('of a fleet that has ended stays so, until another one answers', () => {
    const ended = fleetEvent({ type: 'end', data: { reason: 'SIGTERM' } });
    expect(stateAfter(ended, lost).connection).toEqual({ status: 'ended', reason: 'SIGTERM' });
    expect(stateAfter(ended, lost, { type: 'connection', connection: { status: 'new-link' } }).connection.status).toBe(
      'new-link',
    );
    expect(stateAfter(ended, lost, fleetEvent({ type: 'snapshot', data: SNAPSHOT })).connection.status).toBe('live');
  });

  test('what was seen of a fleet stays when it is lost', () => {
    expect(stateAfter(counted(NOW), lost).fleet?.history).toEqual([second(NOW)]);
  });
});

describe('the history', () => {
  test('is in order of time, whatever the order of the events', () => {
    expect(stateAfter(counted(3_000), counted(1_000), counted(2_000)).fleet?.history.map(({ at }) => at)).toEqual([
      1_000, 2_000, 3_000,
    ]);
  });

  test('a second that is sent again has its later counts', () => {
    expect(stateAfter(counted(1_000, 1), counted(2_000, 1), counted(1_000, 5)).fleet?.history).toEqual([
      second(1_000, 5),
      second(2_000, 1),
    ]);
  });

  test('reaches back no further than the fleet keeps it', () => {
    const events = Array.from({ length: HISTORY_SECONDS + 100 }, (_, index) => counted(NOW + index * 1_000));
    const history = stateAfter(...events).fleet?.history ?? [];
    expect(history).toHaveLength(HISTORY_SECONDS);
    expect(history[0]?.at).toBe(NOW + 100_000);
  });

  test('is that of the snapshot after a reconnection', () => {
    const snapshot = fleetEvent({ type: 'snapshot', data: { ...SNAPSHOT, history: [second(9_000)] } });
    expect(stateAfter(counted(1_000), lost, snapshot).fleet?.history).toEqual([second(9_000)]);
  });
});

test('marks are in order of time, and dropped with the history', () => {
  expect(stateAfter(marked(2), marked(1), marked(3)).fleet?.marks.map(({ at }) => at)).toEqual([1, 2, 3]);
  expect(stateAfter(marked(1), marked(NOW)).fleet?.marks.map(({ at }) => at)).toEqual([NOW]);
});

test('a state replaces the last one', () => {
  const state = { ...FLEET_STATE, ratios: { api: 9, auth: 2 } };
  expect(stateAfter(fleetEvent({ type: 'state', data: state })).fleet?.state).toBe(state);
});

test('before the snapshot nothing is known', () => {
  expect(reduce(INITIAL_STATE, counted(NOW)).fleet).toBeNull();
});

test('an action is going on until it is answered', () => {
  const asked = stateAfter({ type: 'action-asked', service: 'api', action: 'kill' });
  expect(asked.actions).toEqual({ api: 'kill' });
  expect(reduce(asked, { type: 'action-answered', service: 'api' }).actions).toEqual({});
});

test('a problem is shown until something else is done', () => {
  const shown = stateAfter({ type: 'problem', message: 'no' });
  expect(shown.problem).toBe('no');
  expect(reduce(shown, counted(NOW)).problem).toBe('no');
  expect(reduce(shown, { type: 'action-asked', service: 'api', action: 'kill' }).problem).toBeNull();
});

test('an event changes no part that it does not concern', () => {
  const state = stateAfter();
  const next = reduce(state, { type: 'tail-lines', lines: { lines: ['x'], skipped: 0 } });
  for (const part of ['fleet', 'ratios', 'actions', 'chart', 'connection'] as const)
    expect(next[part]).toBe(state[part]);
});
