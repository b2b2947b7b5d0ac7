import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ObservableState } from '../../../supervisor/async/observable-state.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([
  { what: 'it is in the state already', moves: [], states: ['a'], reached: true },
  { what: 'it enters the state', moves: ['b', 'c'], states: ['c', 'd'], reached: true },
  { what: 'it does not enter the state', moves: ['b'], states: ['c', 'd'], reached: false },
  { what: 'it passes through the state', moves: ['c', 'b'], states: ['c'], reached: true },
])('$what: $reached', async ({ moves, states, reached }) => {
  const observable = new ObservableState('a');
  const waiting = observable.waitFor((state) => states.includes(state), 1_000);
  for (const move of moves) observable.set(move);
  await vi.advanceTimersByTimeAsync(1_001);
  expect(await waiting).toBe(reached);
});
