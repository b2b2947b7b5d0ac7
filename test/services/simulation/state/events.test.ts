import { describe, expect, test } from 'vitest';
import { FAULT_EDGES } from '../../../../services/definition/definition.ts';
import type { ServiceEvent } from '../../../../services/simulation/state/service-state.ts';
import type { Spell } from '../../../../services/simulation/state/spells.ts';
import { NOON } from '../../worlds.ts';
import { DAY, POOL_EXHAUSTED, PROVIDER_DOWN, REPLICA_LAG, spellsOf, stateOf } from './small-state.ts';

describe('an event', () => {
  const state = stateOf(5);
  const end = NOON + 20 * DAY;
  const spells = spellsOf(state, NOON - DAY, end + DAY);
  const faults = [POOL_EXHAUSTED, REPLICA_LAG, PROVIDER_DOWN] as const;
  const kinds: readonly ServiceEvent[] = [
    ...faults.flatMap((fault) => FAULT_EDGES.map((edge) => ({ fault, edge }))),
    ...(['began', 'ended'] as const).map((edge) => ({ fault: undefined, edge })),
  ];
  /** The periods of so many seconds in which it has happened, each by its end. */
  const periodsWith = (event: ServiceEvent, seconds: number): number[] => {
    const ends: number[] = [];
    for (let to = NOON + seconds * 1000; to < end; to += seconds * 1000)
      if (state.happened(event, to - seconds * 1000, to) !== false) ends.push(to);
    return ends;
  };

  test.each([POOL_EXHAUSTED, REPLICA_LAG, PROVIDER_DOWN])('of fault %i is told at each of its spells', (fault) => {
    const own = spells.filter((spell) => spell.fault === fault && spell.from > NOON && spell.to < end);
    const ends = periodsWith({ fault, edge: 'ended' }, 1);
    const begins = periodsWith({ fault, edge: 'began' }, 1);
    const recoveries = periodsWith({ fault, edge: 'recovering' }, 1);
    for (const { from, to } of own) {
      // Noticed after the first failures, and passing before its end, each when its phase begins.
      expect(begins.filter((at) => at > from && at <= to)).toEqual([from + 150_000]);
      expect(recoveries.filter((at) => at > from && at <= to)).toEqual([to - 60_000]);
      expect(ends.filter((at) => Math.abs(at - to) <= 1000)).toHaveLength(1);
    }
    expect(own.length).toBeGreaterThan(50);
  });

  /** The begin of a fault that is over by then would be old news, and so would the end of one that is back. */
  const isNews = ({ fault, edge }: ServiceEvent, at: number, to: number): boolean => {
    if (fault === undefined) return true;
    const spell = state.spellAt(to);
    return edge === 'ended' ? spell.fault !== fault : spell.from < at;
  };

  test.each([2, 30, 60, 120, 480, 3600, 21_600])('is told in the period of %i s in which it happens', (period) => {
    const endOf = (at: number): number => NOON + Math.ceil((at - NOON) / period / 1000) * period * 1000;
    for (const event of kinds) {
      const instants = periodsWith(event, 1).filter((at) => endOf(at) < end);
      const ends = instants.filter((at) => isNews(event, at, endOf(at))).map(endOf);
      expect(periodsWith(event, period), `${event.fault} ${event.edge}`).toEqual([...new Set(ends)]);
      // In short periods no two fall together, and none is over before it is told.
      if (period <= (event.edge === 'recovering' ? 60 : 120)) expect(new Set(ends).size).toBe(instants.length);
    }
  });

  test('belongs to the period that ends with its very instant, not to the one that begins with it', () => {
    for (const event of kinds) {
      for (const end of periodsWith(event, 1).slice(0, 5)) {
        let at = end;
        while (state.happened(event, at - 1, at) === false) at--;
        expect(at).toBeGreaterThan(end - 1000);
        expect(state.happened(event, at - 30_000, at)).not.toBe(false);
        expect(state.happened(event, at, at + 30_000)).toBe(false);
        expect(state.happened(event, at - 30_001, at - 1)).toBe(false);
      }
    }
  });

  test('comes with the spell that it is about', () => {
    for (const event of kinds.filter(({ fault }) => fault !== undefined)) {
      for (const at of periodsWith(event, 60)) {
        const spell = state.happened(event, at - 60_000, at) as Spell;
        expect(spell).toEqual(spells.find(({ from }) => from === spell.from));
        expect(spell.fault).toBe(event.fault);
        expect(spell.to <= at).toBe(event.edge === 'ended');
      }
    }
  });

  test('of a release comes at its begin and at its end', () => {
    const begins = periodsWith({ fault: undefined, edge: 'began' }, 1);
    const ends = periodsWith({ fault: undefined, edge: 'ended' }, 1);
    expect(begins.length).toBeGreaterThan(2);
    expect(ends).toHaveLength(begins.length);
    begins.forEach((at, index) => {
      expect(state.version(at)).not.toBe(state.version(at - 1001));
      expect(ends[index]).toBeGreaterThan(at + 60_000);
      expect(ends[index]).toBeLessThan(at + 300_000);
      expect(state.version(ends[index] as number)).toBe(state.version(at));
    });
  });
});
