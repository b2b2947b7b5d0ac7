import { describe, expect, test } from 'vitest';
import { userNumber } from '../../../../services/simulation/customers.ts';
import { productNumber } from '../../../../services/simulation/entities.ts';
import { keyAt } from '../../../../services/simulation/hash.ts';
import { NOON } from '../../worlds.ts';
import { CARD_EXPIRED, HOUR, LABEL_SMUDGED, stateOf } from './small-state.ts';

describe('a personal fault', () => {
  const subjects = Array.from({ length: 60_000 }, (_, index) => keyAt(1, index));
  const everyBy = (number: (subject: number) => number): Map<number, number[]> => {
    const all = new Map<number, number[]>();
    for (const subject of subjects) {
      const own = all.get(number(subject));
      if (own) own.push(subject);
      else all.set(number(subject), [subject]);
    }
    return all;
  };

  test.each([
    ['customer', CARD_EXPIRED, userNumber, 0.05, 24],
    ['product', LABEL_SMUDGED, productNumber, 0.1, 2.5],
  ] as const)('is true of a %s, of as many as it says, for as long as it says', (_, fault, number, share, hours) => {
    const state = stateOf(1);
    const stepMs = (hours * HOUR) / 8;
    let affected = 0;
    let all = 0;
    for (const [, own] of [...everyBy(number)].slice(0, 240)) {
      const [subject, another = subject] = own as [number, number?];
      const changes: number[] = [];
      let before = state.isAffected(fault, { subject: subject, goods: subject }, NOON);
      for (let after = 0; after < 480 * stepMs; after += stepMs) {
        const is = state.isAffected(fault, { subject: subject, goods: subject }, NOON + after);
        expect(state.isAffected(fault, { subject: another, goods: another }, NOON + after)).toBe(is);
        if (is !== before) changes.push(after);
        before = is;
        if (is) affected++;
        all++;
      }
      // It begins and ends only between stretches of that length.
      for (const change of changes) expect((change - (changes[0] as number)) % (8 * stepMs)).toBe(0);
    }
    expect(affected / all / share).toBeGreaterThan(0.9);
    expect(affected / all / share).toBeLessThan(1.1);
  });

  test('is true of others under another seed', () => {
    const affected = (s: number) =>
      subjects.filter((subject) => stateOf(s).isAffected(CARD_EXPIRED, { subject: subject, goods: subject }, NOON));
    const one = affected(1);
    const both = new Set(affected(2));
    expect(one.filter((subject) => both.has(subject)).length / one.length).toBeLessThan(0.2);
  });
});
