import { describe, expect, test } from 'vitest';
import { FleetState, type States } from '../../../../services/simulation/state/fleet-state.ts';
import type { Spell } from '../../../../services/simulation/state/spells.ts';
import { EVEN_TRAFFIC } from '../../../../services/simulation/state/traffic-level.ts';
import { TimelineIndex } from '../../../../services/simulation/timeline-index.ts';
import { NOON, steadyWorld } from '../../worlds.ts';
import { builtIn } from '../traffic-pages.ts';

const HOUR = 3_600_000;
const HOURS = 240;
const names = builtIn.services.map(({ name }) => name);
const statesAt = (ratio: number, fleet = new FleetState(builtIn, 1, EVEN_TRAFFIC)): States => {
  return fleet.under(new TimelineIndex(steadyWorld(names, ratio).timeline, names).at(NOON));
};
/** The lasting faults that are on in an interval. */
const faultsIn = (states: States, from: number, to: number): Spell[] =>
  states.flatMap((state) => {
    const all: Spell[] = [];
    for (let at = from; at < to; at = (all.at(-1) as Spell).to) all.push(state.spellAt(at));
    return all.filter(({ fault }) => fault >= 0);
  });
/** How many somebody sees who looks at half an hour. */
const seenInHalfAnHour = (ratio: number): number => {
  const states = statesAt(ratio);
  const halves = Array.from({ length: 2 * HOURS }, (_, index) => NOON + (index * HOUR) / 2);
  const counts = halves.map((from) => faultsIn(states, from, from + HOUR / 2).length);
  return counts.reduce((sum, count) => sum + count, 0) / counts.length;
};

describe('faults that come by themselves', () => {
  test('are few at a low ratio, and as many as there can be from two bad lines in ten on', () => {
    expect(seenInHalfAnHour(0.3)).toBeGreaterThan(1);
    expect(seenInHalfAnHour(0.3)).toBeLessThan(3);
    expect(seenInHalfAnHour(1)).toBeGreaterThan(2 * seenInHalfAnHour(0.3));
    expect(seenInHalfAnHour(2)).toBeGreaterThan(10);
    expect(seenInHalfAnHour(7)).toBe(seenInHalfAnHour(2));
    expect(seenInHalfAnHour(0)).toBe(0);
  });

  test('at a higher ratio there are those of a lower one and others', () => {
    const end = NOON + HOURS * HOUR;
    const [few, more] = [0.3, 1].map((ratio) => faultsIn(statesAt(ratio), NOON, end)) as [Spell[], Spell[]];
    const began = new Set(more.map(({ from, fault }) => `${from} ${fault}`));
    expect(few.filter(({ from, fault }) => !began.has(`${from} ${fault}`))).toEqual([]);
    expect(few.length).toBeGreaterThan(100);
  });

  test('do not become more because of what an incident adds to a ratio', () => {
    const world = steadyWorld(names, 0.3);
    const incident = {
      faults: [],
      deploys: [],
      outages: [],
      ratios: [],
      rises: [
        {
          service: names[0],
          points: [
            { at: NOON - HOUR, ratio: 5 },
            { at: NOON + HOURS * HOUR, ratio: 5 },
          ],
        },
      ],
    };
    const timeline = [{ ...world.timeline[0], incidents: [incident as never] }] as const;
    const entry = new TimelineIndex(timeline, names).at(NOON);
    expect(entry.ratios[0]).toBeGreaterThan(5);
    const states = new FleetState(builtIn, 1, EVEN_TRAFFIC).under(entry);
    const end = NOON + HOURS * HOUR;
    expect(faultsIn(states, NOON, end)).toEqual(faultsIn(statesAt(0.3), NOON, end));
  });
});
