import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mix } from '../../../../services/simulation/hash.ts';
import { type Deploy, Deploys, podsOf, versionOf } from '../../../../services/simulation/state/deploys.ts';
import { NOON } from '../../worlds.ts';
import { stateOf } from './small-state.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const key = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const MIDNIGHT = NOON - (NOON % DAY);

/** The releases of so many days, in order. */
function releases(k: number, days: number): Deploy[] {
  const deploys = new Deploys(k);
  const all = Array.from({ length: days }, (_, day) => deploys.at(MIDNIGHT + (day + 1) * DAY - 1));
  return all.filter(({ from }, index) => from !== all[index - 1]?.from);
}

test('releases are rolled out in a few minutes of an office day', () => {
  fc.assert(
    fc.property(key, (k) => {
      for (const { from, to } of releases(k, 60)) {
        const weekday = new Date(from).getUTCDay();
        const hour = (from % DAY) / HOUR;
        expect([1, 2, 3, 4, 5]).toContain(weekday);
        expect(hour).toBeGreaterThanOrEqual(8);
        expect(hour).toBeLessThanOrEqual(16);
        expect(to - from).toBeGreaterThanOrEqual(60_000);
        expect(to - from).toBeLessThanOrEqual(300_000);
      }
    }),
  );
});

test('there are a few in every two weeks or so', () => {
  const counts = [1, 2, 3, 4, 5].map((k) => releases(k, 700).length);
  // Two in five of 500 working days.
  for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(40);
});

test('the last one that has begun counts, from its very first instant, whatever was asked before', () => {
  fc.assert(
    fc.property(key, fc.array(fc.tuple(fc.nat({ max: 5 }), fc.constantFrom(-1, 0, 1, 5 * HOUR))), (k, questions) => {
      const all = releases(k, 60);
      const kept = new Deploys(k);
      for (const [index, ms] of questions) {
        const { from } = all[index + 1] as Deploy;
        const last = all.findLast((deploy) => deploy.from <= from + ms);
        expect(kept.at(from + ms)).toEqual(last);
        expect(new Deploys(k).at(from + ms)).toEqual(last);
      }
    }),
  );
});

describe('the version', () => {
  test('tells the day of its release, and differs from that of any other', () => {
    const all = releases(3, 700);
    for (const deploy of all) {
      const day = new Date(deploy.from).toISOString().slice(0, 10).replaceAll('-', '.');
      expect(versionOf(deploy)).toMatch(new RegExp(`^${day}-[0-9a-f]{7}$`));
    }
    expect(new Set(all.map((deploy) => versionOf(deploy).slice(-7))).size).toBe(all.length);
  });
});

describe('the pods', () => {
  const all = releases(3, 200);
  const podsOfAuth = (deploy: Deploy): readonly string[] => podsOf('auth', deploy);

  test('are three of every release, named as by Kubernetes', () => {
    for (const deploy of all) {
      const pods = podsOfAuth(deploy);
      expect(pods).toHaveLength(3);
      const prefixes = new Set(pods.map((pod) => pod.slice(0, -6)));
      expect(prefixes.size).toBe(1);
      for (const pod of pods) expect(pod).toMatch(/^auth-[a-z2-9]{9}-[a-z2-9]{5}$/);
    }
  });

  test('of one release are none of another', () => {
    const pods = all.flatMap(podsOfAuth);
    expect(new Set(pods).size).toBe(3 * all.length);
  });

  test('serve equally many journeys', () => {
    const state = stateOf(1);
    const served = Array.from({ length: 300 }, (_, index) => state.pod(mix(index), NOON));
    expect(new Set(served).size).toBe(3);
    for (const pod of served) {
      expect(Math.abs(served.filter((other) => other === pod).length - 100)).toBeLessThan(30);
    }
  });
});
