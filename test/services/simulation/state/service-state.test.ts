import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mix } from '../../../../services/simulation/hash.ts';
import type { ServiceState } from '../../../../services/simulation/state/service-state.ts';
import { phaseOf } from '../../../../services/simulation/state/spells.ts';
import { lag1Autocorrelation } from '../../../tools/statistics.ts';
import { NOON } from '../../worlds.ts';
import {
  CERT_DAYS,
  DAY,
  ENTRIES,
  POOL_EXHAUSTED,
  POOL_USED,
  PROVIDER,
  PROVIDER_DOWN,
  REPLICA_LAG,
  SHARD,
  spellsOf,
  stateOf,
} from './small-state.ts';

const seed = fc.nat({ max: 4_294_967_295 });
const ms = fc.integer({ min: 0, max: 60 * DAY });
const readings = (s: number, gauge: number, everyMs: number, count: number): number[] => {
  const state = stateOf(s);
  return Array.from({ length: count }, (_, index) => state.gauge(gauge, NOON + index * everyMs));
};

test('constants are drawn once for a seed', () => {
  for (let s = 0; s < 20; s++) expect(stateOf(s).constants).toEqual(stateOf(s).constants);
  expect(stateOf(1).constants[0]).toBe(40);
  expect(new Set(Array.from({ length: 50 }, (_, s) => stateOf(s).constants[1]))).toEqual(new Set(['eu', 'us', 'ap']));
});

test('an answer does not depend on what was asked before', () => {
  fc.assert(
    fc.property(seed, fc.array(fc.tuple(ms, fc.nat({ max: 2 })), { maxLength: 30 }), (s, questions) => {
      const kept = stateOf(s);
      for (const [after, index] of questions) {
        const at = NOON + after;
        const answers = (state: ServiceState) => [
          state.gauge(index, at),
          state.loadAt(at),
          state.spellAt(at),
          state.faultyTarget(state.spellAt(at)),
          state.happened({ fault: index, edge: 'ended' }, at - 60_000, at),
          state.version(at),
          state.pod(index, at),
        ];
        expect(answers(kept)).toEqual(answers(stateOf(s)));
      }
    }),
  );
});

describe('a gauge', () => {
  test('is a whole number in its range, in the middle of a spell in that of the fault', () => {
    const ranges = { [POOL_EXHAUSTED]: [40, 40], [REPLICA_LAG]: [16, 30], [PROVIDER_DOWN]: [2, 14] } as const;
    fc.assert(
      fc.property(seed, ms, (s, after) => {
        const state = stateOf(s);
        const at = NOON + after;
        const { from, to, fault } = state.spellAt(at);
        const reading = state.gauge(POOL_USED, at);
        expect(Number.isInteger(reading)).toBe(true);
        expect(reading).toBeGreaterThanOrEqual(2);
        expect(reading).toBeLessThanOrEqual(40);
        const [low, high] = ranges[fault as keyof typeof ranges];
        for (const middle of [from + 200_000, (from + 200_000 + to) / 2, to - 20_000]) {
          expect(state.gauge(POOL_USED, middle)).toBeGreaterThanOrEqual(low);
          expect(state.gauge(POOL_USED, middle)).toBeLessThanOrEqual(high);
        }
        for (const edge of [from, to]) expect(state.gauge(POOL_USED, edge)).toBeLessThanOrEqual(14);
      }),
      { numRuns: 500 },
    );
  });

  test('moves through its range, and each half minute resembles the one before', () => {
    for (const s of [1, 2, 3]) {
      const entries = readings(s, ENTRIES, 30_000, 2880);
      expect(Math.min(...entries)).toBeGreaterThanOrEqual(0);
      expect(Math.min(...entries)).toBeLessThan(20);
      expect(Math.max(...entries)).toBeLessThanOrEqual(100);
      expect(Math.max(...entries)).toBeGreaterThan(80);
      expect(lag1Autocorrelation(entries)).toBeGreaterThan(0.8);
      expect(lag1Autocorrelation(readings(s, POOL_USED, 30_000, 2880))).toBeGreaterThan(0.8);
    }
  });

  test('shows no fault where there is nothing to be seen of any', () => {
    const state = stateOf(1);
    const calmState = stateOf(1, { isCalm: true });
    let highest = 0;
    for (let at = NOON; at < NOON + 5 * DAY; at += 60_000) {
      const calm = calmState.gauge(POOL_USED, at);
      expect(calm).toBeLessThanOrEqual(14);
      if (state.spellAt(at).fault === PROVIDER_DOWN) expect(calm).toBe(state.gauge(POOL_USED, at));
      highest = Math.max(highest, state.gauge(POOL_USED, at));
    }
    expect(highest).toBe(40);
  });

  test('makes no jumps, not even where one fault follows another', () => {
    for (const s of [1, 2, 3]) {
      const perSecond = readings(s, POOL_USED, 1_000, 20_000);
      const steps = perSecond.slice(1).map((reading, index) => Math.abs(reading - (perSecond[index] as number)));
      // From 40 to 2 within 20 s.
      expect(Math.max(...steps)).toBeLessThanOrEqual(2);
      expect(Math.max(...perSecond)).toBe(40);
    }
  });

  test('that counts down falls by one a day', () => {
    const days = readings(1, CERT_DAYS, DAY, 200);
    days.slice(1).forEach((left, index) => {
      expect(left).toBe(days[index] === 1 ? 80 : (days[index] as number) - 1);
    });
  });
});

test('the load varies, and a fault that slows the service multiplies it', () => {
  const state = stateOf(1);
  const loads = Array.from({ length: 5_000 }, (_, index) => {
    const at = NOON + index * 60_000;
    const slowdown = state.spellAt(at).fault === POOL_EXHAUSTED ? 4 : 1;
    expect(state.slowdownAt(at)).toBe(slowdown);
    return state.loadAt(at) / slowdown;
  });
  expect(Math.min(...loads)).toBeGreaterThanOrEqual(0.7);
  expect(Math.min(...loads)).toBeLessThan(0.75);
  expect(Math.max(...loads)).toBeLessThanOrEqual(2.6);
  expect(Math.max(...loads)).toBeGreaterThan(1.7);
});

test('a spell begins, is at its peak, and passes in its last minute', () => {
  const state = stateOf(2);
  for (const spell of spellsOf(state, NOON, NOON + 3 * DAY)) {
    const { from, to } = spell;
    const phases = [from, from + 149_999, from + 150_000, to - 60_001, to - 60_000, to - 1];
    expect(phases.map((at) => phaseOf(spell, at))).toEqual(['onset', 'onset', 'peak', 'peak', 'recovery', 'recovery']);
  }
});

describe('of several instances', () => {
  const keys = Array.from({ length: 9_000 }, (_, index) => mix(index));

  test('a key keeps to one; the first is used most', () => {
    const state = stateOf(1);
    const counts = ['p1', 'p2', 'p3'].map((name) => keys.filter((k) => state.target(PROVIDER, k) === name).length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(keys.length);
    expect(counts[0]).toBeGreaterThan(1.2 * (counts[1] as number));
    expect(counts[1]).toBeGreaterThan(counts[2] as number);
    expect(counts[2]).toBeGreaterThan(keys.length / 10);
  });

  test('one has the fault for a spell, and concerns what uses it, and nothing else', () => {
    const state = stateOf(1);
    const faulty = new Map<string, number>();
    for (const spell of spellsOf(state, NOON, NOON + 20 * DAY)) {
      const target = state.faultyTarget(spell);
      const index = { [REPLICA_LAG]: SHARD, [PROVIDER_DOWN]: PROVIDER }[spell.fault];
      expect(target?.index).toBe(index);
      if (target) faulty.set(target.name, (faulty.get(target.name) ?? 0) + 1);
      expect(state.faultyTarget(state.spellAt(spell.to - 1))).toEqual(target);
      for (const k of keys.slice(0, 40)) {
        const uses = index === undefined || state.target(index, k) === target?.name;
        expect(state.concerns(spell, k)).toBe(uses);
      }
    }
    expect([...faulty.keys()].sort()).toEqual(['p1', 'p2', 'p3', 's1', 's2']);
    // Also one that is little used.
    const [often = 0, seldom = 0] = ['p1', 'p3'].map((name) => faulty.get(name));
    expect(often / seldom).toBeGreaterThan(0.6);
    expect(often / seldom).toBeLessThan(1.6);
  });
});
