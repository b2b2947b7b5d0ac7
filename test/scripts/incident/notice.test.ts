import { describe, expect, test } from 'vitest';
import { lostRises } from '../../../scripts/incident/notice.ts';
import type { IncidentStatus } from '../../../shared/incident-api.ts';

interface Case {
  readonly base: number;
  readonly highest: number;
  readonly severity?: number;
}

/** An incident of payment that moves the ratio of one service. */
function incident(service: string, { base, highest, severity = 1 }: Case): IncidentStatus {
  const ratios = { [service]: [base, highest] as const };
  return {
    root: { service: 'payment', component: 'pool', fault: 'resource_exhaustion' },
    severity,
    phases: [
      { name: 'onset', from: 0, to: 1, ratios: { [service]: [base, base] as const } },
      { name: 'plateau', from: 1, to: 2, ratios },
    ],
    ratios: [{ service, base, inEffect: base, isSetByHand: false }],
  } as unknown as IncidentStatus;
}

describe.each(['payment', 'api'])('at %s', (service) => {
  test.each([
    { base: 2, highest: 3, remedy: undefined, why: 'half as much again' },
    { base: 2, highest: 2.99, remedy: 'calm', why: 'less than that' },
    { base: 2, highest: 2.13, remedy: 'calm', why: 'a little, which is half as much again over 0.3' },
    { base: 2, highest: 2.12, remedy: undefined, why: 'so little that no base would help' },
    { base: 2, highest: 2.12, severity: 0.9, remedy: 'severity', why: 'so little because it is mild' },
    { base: 2, highest: 2, remedy: undefined, why: 'not at all' },
    { base: 0, highest: 0.1, remedy: undefined, why: 'over nothing' },
    { base: 0.3, highest: 0.45, remedy: undefined, why: 'enough over a calm base' },
    { base: 0.3, highest: 0.4, remedy: undefined, why: 'too little over a calm base' },
    { base: 10, highest: 10, remedy: 'calm', why: 'not at all because every line is bad already' },
  ] as const)('over $base to $highest: $why', ({ remedy, ...rest }) => {
    const { base, highest } = rest;
    expect(lostRises(incident(service, rest))).toEqual(remedy ? [{ service, base, highest, remedy }] : []);
  });
});

test('at another service nobody looks', () => {
  expect(lostRises(incident('auth', { base: 2, highest: 2.5 }))).toEqual([]);
});

test('a control is not to be noticed', () => {
  expect(lostRises({ ...incident('api', { base: 2, highest: 2.5 }), root: null })).toEqual([]);
});
