import { describe, expect, test } from 'vitest';
import type { TimelineEntry } from '../../../shared/world.ts';
import { stateOf, statusOf } from '../../../supervisor/incidents/incident-status.ts';
import { paymentIncident } from '../../tools/incident.ts';

const T0 = 1_000_000_000_000;
const at = (seconds: number) => T0 + seconds * 1_000;
const incident = paymentIncident(T0);

const entry = (changes: Partial<TimelineEntry> = {}): TimelineEntry => {
  return { at: T0, ratios: { api: 2, payment: 2 }, down: [], incidents: [incident], ...changes };
};
const status = (seconds: number, changes: Partial<TimelineEntry> = {}, offset = 0) => {
  return statusOf(incident, { now: at(seconds), entry: entry(changes), toTimeStamp: (time) => time + offset });
};

describe('where it is, and when that changes', () => {
  test.each([
    { seconds: -1, state: 'planned', next: 0 },
    { seconds: 0, state: 'precursor', next: 60 },
    { seconds: 59.999, state: 'precursor', next: 60 },
    { seconds: 60, state: 'onset', next: 100 },
    { seconds: 100, state: 'plateau', next: 400 },
    { seconds: 400, state: 'recovery', next: 500 },
    { seconds: 499.999, state: 'recovery', next: 500 },
    { seconds: 500, state: 'over', next: null },
  ])('after $seconds s: $state', ({ seconds, state, next }) => {
    expect(stateOf(incident, at(seconds))).toBe(state);
    expect(status(seconds)).toMatchObject({ state, nextChangeAt: next === null ? null : at(next) });
  });
});

test('everything about it', () => {
  expect(status(150)).toEqual({
    id: 'payment-down-1',
    type: 'payment-down',
    title: 'payment provider adyen answers nothing',
    root: { service: 'payment', component: 'provider:adyen', fault: 'dependency_unavailable' },
    severity: 1,
    state: 'plateau',
    nextChangeAt: at(400),
    from: at(0),
    to: at(500),
    phases: [
      { name: 'precursor', from: at(0), to: at(60), ratios: { payment: [2, 2], api: [2, 2] } },
      { name: 'onset', from: at(60), to: at(100), ratios: { payment: [2, 5], api: [2, 2.6] } },
      { name: 'plateau', from: at(100), to: at(400), ratios: { payment: [6, 6], api: [2.8, 2.8] } },
      { name: 'recovery', from: at(400), to: at(500), ratios: { payment: [4, 2.2], api: [2.4, 2.04] } },
    ],
    ratios: [
      { service: 'payment', base: 2, inEffect: 6, isSetByHand: false },
      { service: 'api', base: 2, inEffect: 2.8, isSetByHand: false },
    ],
    redHerrings: [
      { service: 'auth', what: 'release of auth', why: 'nothing of auth changes', from: at(20), to: at(50) },
    ],
    startedBy: 'operator',
  });
});

test('one without a cause', () => {
  const { root: _, ...control } = incident;
  const present = { now: T0, entry: entry(), toTimeStamp: (time: number) => time };
  expect(statusOf(control, present).root).toBeNull();
});

describe('a ratio that was set by hand', () => {
  test.each([
    { what: 'since it began', setAt: 1, seconds: 150, inEffect: 2, isSetByHand: true },
    { what: 'with it', setAt: 0, seconds: 150, inEffect: 6, isSetByHand: false },
    { what: 'before it', setAt: -1, seconds: 150, inEffect: 6, isSetByHand: false },
    { what: 'since it began, when it is over', setAt: 1, seconds: 500, inEffect: 2, isSetByHand: false },
  ])('$what', ({ setAt, seconds, inEffect, isSetByHand }) => {
    const { ratios } = status(seconds, { ratiosSetAt: { payment: at(setAt) } });
    expect(ratios[0]).toEqual({ service: 'payment', base: 2, inEffect, isSetByHand });
  });
});

/** A step of a plan without phases: the ratio of payment is another one for some time. */
const step = {
  ...incident,
  id: 'ratios-1',
  phases: [],
  rises: [],
  ratios: [{ service: 'payment', ratio: 4, from: at(0), to: at(500) }],
};

describe('a step that sets a ratio for some time', () => {
  test.each([
    { seconds: -1, state: 'planned', next: 0, base: 2 },
    { seconds: 0, state: 'going-on', next: 500, base: 4 },
    { seconds: 500, state: 'over', next: null, base: 2 },
  ])('after $seconds s: $state', ({ seconds, state, next, base }) => {
    const present = { now: at(seconds), entry: entry({ incidents: [step] }), toTimeStamp: (time: number) => time };
    const { ratios, ...rest } = statusOf(step, present);
    expect(rest).toMatchObject({ state, nextChangeAt: next === null ? null : at(next), phases: [] });
    expect(ratios).toEqual([{ service: 'payment', base, inEffect: base, isSetByHand: false }]);
  });

  test('is the base of what an incident moves', () => {
    expect(status(150, { incidents: [incident, step] }).ratios[0]).toMatchObject({ base: 4, inEffect: 7 });
  });
});

test('two at once: what both make of a ratio', () => {
  const { ratios } = status(150, { incidents: [incident, paymentIncident(at(-10), 'other')] });
  expect(ratios.map(({ inEffect }) => inEffect)).toEqual([8, 3.52]);
});

test('its times are those of time stamps', () => {
  const { from, to, nextChangeAt, phases, redHerrings } = status(150, {}, -7_000);
  expect([from, to, nextChangeAt]).toEqual([at(-7), at(493), at(393)]);
  expect(phases[1]).toMatchObject({ from: at(53), to: at(93) });
  expect(redHerrings[0]).toMatchObject({ from: at(13), to: at(43) });
});
