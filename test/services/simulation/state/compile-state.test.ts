import { expect, test } from 'vitest';
import type { Variant } from '../../../../services/definition/definition.ts';
import { compileState } from '../../../../services/simulation/state/compile-state.ts';
import { smallService } from '../small-service.ts';

const bad = (cause: string, weight = 1): Variant => ({ level: 'WARNING', cause, text: cause, weight });
const background = { perPage: 1, good: [{ level: 'DEBUG', text: 'idle' }], bad: [bad('hiccup')] } as const;

test('faults are told apart, and constants, gauges and targets keep their order', () => {
  const state = compileState(
    smallService({
      constants: { pool_size: 40, color: 'red|blue' },
      gauges: { used: { usual: [0, 'pool_size'] }, days: { usual: [1, 9], countdown: true } },
      targets: { host: ['h1', 'h2'], shard: ['s1'] },
      faults: {
        card_expired: { of: 'user', share: 0.01, hours: 24 },
        disk_full: {},
        shard_down: { target: 'shard', weight: 3, slowdown: 4 },
      },
    }),
  );
  expect(state.isExclusive).toBe(true);
  expect(state.constantNames).toEqual(['pool_size', 'color']);
  expect(state.gaugeNames).toEqual(['used', 'days']);
  expect(state.targetNames).toEqual(['host', 'shard']);
  expect(state.lasting).toEqual([
    { cause: 'disk_full', weight: 1, target: -1, slowdown: 1 },
    { cause: 'shard_down', weight: 3, target: 1, slowdown: 4 },
  ]);
  expect(state.personal).toEqual([{ cause: 'card_expired', of: 'user', share: 0.01, hours: 24 }]);
});

test('without `faults` every cause may last, the more often the more lines of its kind have it', () => {
  const good: Variant[] = [{ level: 'INFO', text: 'fine' }];
  const { lasting, personal, isExclusive } = compileState(
    smallService({
      steps: {
        'browse.lookup': { good, bad: [bad('slow', 3), bad('stale')] },
        'search.query': { good, bad: [bad('slow')] },
      },
      background,
    }),
  );
  expect(isExclusive).toBe(false);
  expect(personal).toEqual([]);
  expect(lasting).toEqual([
    { cause: 'slow', weight: 1.75, target: -1, slowdown: 1 },
    { cause: 'stale', weight: 0.25, target: -1, slowdown: 1 },
    { cause: 'hiccup', weight: 1, target: -1, slowdown: 1 },
  ]);
});

test('with empty `faults` none lasts', () => {
  const { lasting, personal, isExclusive } = compileState(smallService({ faults: {} }));
  expect([lasting, personal, isExclusive]).toEqual([[], [], true]);
});
