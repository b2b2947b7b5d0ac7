import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ObservableState } from '../../../supervisor/async/observable-state.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([
  { what: 'it is the state already', moves: [], states: ['a'], reached: true },
  { what: 'it becomes the state', moves: ['b', 'c'], states: ['c', 'd'], reached: true },
  { what: 'it does not become the state', moves: ['b'], states: ['c', 'd'], reached: false },
  { what: 'it passes through the state', moves: ['c', 'b'], states: ['c'], reached: true },
])('$what: $reached', async ({ moves, states, reached }) => {
  const transitions = new ObservableState('a');
  const until = transitions.waitFor(states, 1_000);
  for (const move of moves) transitions.set(move);
  await vi.advanceTimersByTimeAsync(1_001);
  expect(await until).toBe(reached);
});
