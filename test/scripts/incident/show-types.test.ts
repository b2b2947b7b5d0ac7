import { expect, test } from 'vitest';
import { formatType, formatTypes } from '../../../scripts/incident/show-types.ts';
import type { IncidentTypeInfo } from '../../../shared/incident-api.ts';

const down: IncidentTypeInfo = {
  name: 'payment-down',
  title: 'payment provider adyen answers nothing',
  shows: 'Checkouts fail.',
  root: { service: 'payment', component: 'provider', fault: 'dependency_unavailable' },
  targets: ['adyen', 'stripe'],
  phases: [
    { name: 'precursor', minutes: 5, share: [0, 0.3] },
    { name: 'onset', minutes: 0.5, share: [0, 0.9] },
    { name: 'plateau', minutes: 60, share: [0.9, 0.9] },
    { name: 'recovery', minutes: 4, share: [0.36, 0] },
  ],
  rises: { payment: 2.72, api: 0.47 },
  redHerrings: [{ service: 'auth', what: 'release', atMinute: -20, minutes: 3, why: 'it touches auth only' }],
  difficulty: 1,
};

const quiet: IncidentTypeInfo = {
  name: 'quiet',
  title: 'nothing is wrong',
  shows: 'A release.',
  root: null,
  targets: [],
  phases: [{ name: 'plateau', minutes: 30, share: [0, 0] }],
  rises: {},
  redHerrings: [],
  difficulty: 2,
};

test('the list', () => {
  expect(`\n${formatTypes([down, quiet])}\n`).toBe(`
TYPE          ROOT     FAULT   DIFFICULTY  WHAT
payment-down  payment  1 h     1           payment provider adyen answers nothing
quiet         -        30 min  2           nothing is wrong
`);
});

test('a type', () => {
  expect(`\n${formatType(down)}\n`).toBe(`
payment-down: payment provider adyen answers nothing

Checkouts fail.

root cause  payment, provider, dependency_unavailable
--target    adyen (default), stripe
--for       1 h (default)
difficulty  1 of 3
bad lines   its plateau adds, in ten lines: payment 2.72, api 0.47

PHASE      LASTS  SHARE OF THE LINES IN REACH
precursor  5 min  0 -> 30 %
onset      30 s   0 -> 90 %
plateau    1 h    90 %
recovery   4 min  36 -> 0 %

RED HERRING      AT       LASTS  HARMLESS, FOR
release of auth  -20 min  3 min  it touches auth only
`);
});

test('a control', () => {
  expect(`\n${formatType(quiet)}\n`).toBe(`
quiet: nothing is wrong

A release.

root cause  none: this is a control
--for       30 min (default)
difficulty  2 of 3
bad lines   no more than without it

PHASE    LASTS   SHARE OF THE LINES IN REACH
plateau  30 min  -
`);
});
