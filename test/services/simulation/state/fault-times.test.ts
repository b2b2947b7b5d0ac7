import { expect, test } from 'vitest';
import { FaultTimes } from '../../../../services/simulation/state/fault-times.ts';
import { type Spell, Spells, spellOf } from '../../../../services/simulation/state/spells.ts';
import type { PlannedFault } from '../../../../shared/incident.ts';
import { NOON } from '../../worlds.ts';

const MINUTE = 60_000;
const CAUSES = ['a', 'b', 'c', 'd'];
const natural = () => new Spells(7, [1, 1, 1, 1]);
const planned = (cause: string, from: number, to: number): PlannedFault => ({
  service: 'small',
  cause,
  from: NOON + from * MINUTE,
  to: NOON + to * MINUTE,
  fullFrom: NOON + (from + 1) * MINUTE,
  fullTo: NOON + (to - 1) * MINUTE,
  isAnnounced: true,
});
const timesOf = (...faults: readonly PlannedFault[]) =>
  new FaultTimes(natural(), faults, (cause) => CAUSES.indexOf(cause));
const on = (spell: Spell): number[] => (spell.earlier ? [spell.fault, ...on(spell.earlier)] : [spell.fault]);

test('without a plan, what comes by itself is on', () => {
  const times = timesOf();
  const spells = natural();
  for (let minute = 0; minute < 600; minute++)
    expect(times.at(NOON + minute * MINUTE)).toEqual(spells.at(NOON + minute * MINUTE));
});

test('a planned fault is on for its time only, whatever would be', () => {
  const times = timesOf(planned('c', 30, 90));
  const spells = natural();
  for (let second = 0; second < 7200; second++) {
    const time = NOON + second * 1000;
    const isPlanned = second >= 1800 && second < 5400;
    if (isPlanned) expect(on(times.at(time))).toEqual([2]);
    else expect(times.at(time)).toEqual(spells.at(time));
  }
});

test('of two that overlap both are on, the later one first, in any order of the plan', () => {
  for (const faults of [
    [planned('a', 10, 40), planned('b', 20, 60)],
    [planned('b', 20, 60), planned('a', 10, 40)],
  ]) {
    const times = timesOf(...faults);
    expect([10, 19, 20, 39, 40, 59].map((minute) => on(times.at(NOON + minute * MINUTE)))).toEqual([
      [0],
      [0],
      [1, 0],
      [1, 0],
      [1],
      [1],
    ]);
    expect(spellOf(times.at(NOON + 25 * MINUTE), 0)?.from).toBe(NOON + 10 * MINUTE);
    expect(spellOf(times.at(NOON + 25 * MINUTE), 2)).toBeUndefined();
  }
});

test('the end of a planned fault is found once, and so is the end of one that it takes the place of', () => {
  const spells = natural();
  const before = spells.at(NOON);
  const cause = CAUSES.find((_, index) => index !== before.fault) as string;
  const fault = CAUSES.indexOf(cause);
  const from = Math.ceil((before.from + MINUTE - NOON) / MINUTE);
  const times = timesOf(planned(cause, from, from + 2));
  const ends = (index: number) => {
    const found: number[] = [];
    for (let minute = from - 5; minute < from + 10; minute++) {
      const at = NOON + minute * MINUTE;
      if (times.endedBetween(index, at - MINUTE, at)) found.push(minute);
    }
    return found;
  };
  expect(ends(fault)).toContain(from + 2);
  expect(ends(before.fault)).toContain(from);
});

test('instants in any order give the same answers', () => {
  const kept = timesOf(planned('a', 10, 40), planned('b', 20, 60));
  for (let index = 0; index < 500; index++) {
    const time = NOON + ((index * 7919) % 7200) * 1000;
    expect(on(kept.at(time))).toEqual(on(timesOf(planned('a', 10, 40), planned('b', 20, 60)).at(time)));
  }
});
