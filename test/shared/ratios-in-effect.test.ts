import { expect, test } from 'vitest';
import type { Incident, RatioRise } from '../../shared/incident.ts';
import { changesOf, ratioInEffect } from '../../shared/ratios-in-effect.ts';

const S = 1000;

function incident(from: number, rises: readonly RatioRise[], outages: Incident['outages'] = []): Incident {
  return {
    id: `i${from}`,
    type: 'any',
    title: 'any',
    severity: 1,
    from,
    to: from + 600 * S,
    phases: [],
    faults: [],
    rises,
    ratios: [],
    deploys: [],
    outages,
    redHerrings: [],
    startedBy: 'operator',
  };
}

/** Rises to 4 from 100 to 140 s, stays so until 200 s, and falls to nothing until 220 s. */
const points = [
  { at: 100 * S, ratio: 0 },
  { at: 140 * S, ratio: 4 },
  { at: 140 * S, ratio: 4 },
  { at: 200 * S, ratio: 4 },
  { at: 200 * S, ratio: 2 },
  { at: 220 * S, ratio: 0 },
];
const one = incident(100 * S, [{ service: 'api', points }]);

test.each([
  { at: 99, base: 2, expected: 2 },
  { at: 100, base: 0, expected: 0 },
  { at: 109.999, base: 0, expected: 0 },
  { at: 110, base: 0, expected: 1 },
  { at: 139, base: 0, expected: 3 },
  { at: 140, base: 0, expected: 4 },
  { at: 199.999, base: 0, expected: 4 },
  // 4 of ten, and 3 of the other ninety-six hundredths.
  { at: 150, base: 0.3, expected: 4.18 },
  { at: 150, base: 2, expected: 5.2 },
  { at: 150, base: 10, expected: 10 },
  { at: 200, base: 0, expected: 2 },
  { at: 210, base: 0, expected: 1 },
  { at: 220, base: 0, expected: 0 },
  { at: 220, base: 0.3, expected: 0.3 },
])('at $at s a base of $base is $expected in effect', ({ at, base, expected }) => {
  expect(ratioInEffect({ ratios: { api: base }, incidents: [one] }, 'api', at * S)).toBe(expected);
});

test('an incident leaves services alone that it does not reach', () => {
  expect(ratioInEffect({ ratios: { api: 1, auth: 1 }, incidents: [one] }, 'auth', 150 * S)).toBe(1);
});

test('two incidents each reach what the other has spared', () => {
  const two = incident(120 * S, [{ service: 'api', points }]);
  expect(ratioInEffect({ ratios: { api: 0 }, incidents: [one, two] }, 'api', 150 * S)).toBe(6.4);
});

test('a ratio that is set while an incident is going on is in effect as it is, one set before is not', () => {
  const settings = { ratios: { api: 9 }, incidents: [one] };
  expect(ratioInEffect({ ...settings, ratiosSetAt: { api: 120 * S } }, 'api', 150 * S)).toBe(9);
  expect(ratioInEffect({ ...settings, ratiosSetAt: { api: 90 * S } }, 'api', 150 * S)).toBe(9.4);
});

test('between two changes that it names, an incident changes no ratio', () => {
  const changes = [...new Set(changesOf(one))].sort((a, b) => a - b);
  expect(changes.map((at) => at / S)).toEqual([100, 110, 120, 130, 140, 200, 210, 220]);
  const at = (time: number) => ratioInEffect({ ratios: { api: 1 }, incidents: [one] }, 'api', time);
  for (const [index, from] of changes.entries()) {
    const to = changes[index + 1] ?? from + 60 * S;
    for (let time = from; time < to; time += 500) expect(at(time)).toBe(at(from));
  }
});

test('an outage is named as a change', () => {
  expect([...changesOf({ rises: [], ratios: [], outages: [{ service: 'api', from: 5, to: 9 }] })]).toEqual([5, 9]);
});

test('a planned ratio is in effect for its time, the one that began last, unless one is set by hand meanwhile', () => {
  const planned = (from: number, to: number, ratio: number) => ({ service: 'api', from: from * S, to: to * S, ratio });
  const incidents = [{ ...one, rises: [], ratios: [planned(10, 90, 5), planned(20, 30, 7)] }];
  const at = (time: number, ratiosSetAt = {}) =>
    ratioInEffect({ ratios: { api: 1 }, ratiosSetAt, incidents }, 'api', time * S);
  expect([9, 10, 20, 30, 89, 90].map((time) => at(time))).toEqual([1, 5, 7, 5, 5, 1]);
  expect(at(25, { api: 22 * S })).toBe(1);
});
