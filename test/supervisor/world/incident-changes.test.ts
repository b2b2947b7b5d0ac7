import { describe, expect, test } from 'vitest';
import type { TimelineEntry } from '../../../shared/world.ts';
import {
  ratioMoves,
  ratiosSetIn,
  withIncident,
  withIncidentEnded,
  withoutOldIncidents,
} from '../../../supervisor/world/incident-changes.ts';
import { PHASES_AT, paymentIncident } from '../../tools/incident.ts';

const T0 = 1_000_000_000_000;
const HOUR = 3_600_000;
const OVER = T0 + PHASES_AT.over * 1_000;
const one = paymentIncident(T0);
const other = paymentIncident(T0 + 1_000, 'other');

const entry = (changes: Partial<TimelineEntry>): TimelineEntry => ({
  at: T0,
  ratios: { api: 2, payment: 2 },
  down: [],
  ...changes,
});

describe('an incident that is over stays in new entries for an hour', () => {
  const late = { ...one, faults: one.faults.map((fault) => ({ ...fault, to: OVER + 20_000 })) };
  test.each([
    { what: 'at its begin', incident: one, at: T0, kept: true },
    { what: 'at its end', incident: one, at: OVER, kept: true },
    { what: 'just within the hour', incident: one, at: OVER + HOUR - 1, kept: true },
    { what: 'after it', incident: one, at: OVER + HOUR, kept: false },
    { what: 'after it, with a fault that ends later', incident: late, at: OVER + HOUR, kept: true },
    { what: 'after that too', incident: late, at: OVER + HOUR + 20_000, kept: false },
  ])('$what: $kept', ({ incident, at, kept }) => {
    const { incidents = [] } = withoutOldIncidents(entry({ at, incidents: [incident] }));
    expect(incidents).toEqual(kept ? [incident] : []);
  });

  test('the others stay', () => {
    const at = OVER + HOUR;
    expect(withoutOldIncidents(entry({ at, incidents: [one, other] })).incidents).toEqual([other]);
  });

  test('with the last of them, when ratios were set is forgotten', () => {
    const old = entry({ at: OVER + HOUR, incidents: [one], ratiosSetAt: { api: T0 + 1 } });
    expect(withoutOldIncidents(old)).toEqual(entry({ at: OVER + HOUR }));
  });
});

describe('when ratios were set', () => {
  test('is of no interest without an incident', () => {
    expect(ratiosSetIn(entry({}), ['api'])).toEqual({});
  });

  test('is the instant of the entry, beside those before', () => {
    const before = { api: T0 - 9, payment: T0 - 5 };
    const latest = entry({ incidents: [one], ratiosSetAt: before });
    expect(ratiosSetIn(latest, ['payment'])).toEqual({ ratiosSetAt: { api: T0 - 9, payment: T0 } });
  });
});

test('an incident is added after the others', () => {
  expect(withIncident({}, one)).toEqual({ incidents: [one] });
  expect(withIncident({ incidents: [one] }, other)).toEqual({ incidents: [one, other] });
});

test('one incident is ended at the instant of the entry, the others are not', () => {
  const at = T0 + 200_000;
  const ended = withIncidentEnded(entry({ at, incidents: [one, other] }), one.id, false).incidents ?? [];
  expect(ended.map(({ to }) => to)).toEqual([at + 100_000, other.to]);
  const gone = withIncidentEnded(entry({ at, incidents: [one, other] }), one.id, true).incidents ?? [];
  expect(gone.map(({ to }) => to)).toEqual([at, other.to]);
});

describe('ratios are moved where a phase begins or the incident ends', () => {
  const at = (seconds: number) => T0 + seconds * 1_000;
  const both = (seconds: number) => ['payment', 'api'].map((service) => ({ service, at: at(seconds) }));
  test.each([
    { what: 'before', after: -10, until: -1, moves: [] },
    { what: 'at its begin', after: -1, until: 0, moves: both(0) },
    { what: 'not twice', after: 0, until: 59, moves: [] },
    { what: 'at two phases', after: 59, until: 100, moves: [...both(60), ...both(100)] },
    { what: 'at its recovery', after: 399, until: 400, moves: both(400) },
    { what: 'at its end', after: 499, until: 500, moves: both(500) },
    { what: 'afterwards', after: 500, until: 5_000, moves: [] },
  ])('$what', ({ after, until, moves }) => {
    expect(ratioMoves({ incidents: [one] }, at(after), at(until))).toEqual(moves);
  });

  test('but not one that was set since it began', () => {
    const moves = ratioMoves({ incidents: [one], ratiosSetAt: { api: T0 + 1 } }, at(59), at(60));
    expect(moves).toEqual([{ service: 'payment', at: at(60) }]);
  });

  test('of two incidents in order of time', () => {
    const moves = ratioMoves({ incidents: [other, one] }, at(59), at(61));
    expect(moves.map((move) => move.at)).toEqual([at(60), at(60), at(61), at(61)]);
  });

  test('of a service whose ratio it sets', () => {
    const ratios = [{ service: 'auth', ratio: 4, from: T0, to: OVER }];
    const moves = ratioMoves({ incidents: [{ ...one, rises: [], ratios }] }, at(59), at(60));
    expect(moves).toEqual([{ service: 'auth', at: at(60) }]);
  });

  test('without an incident never', () => {
    expect(ratioMoves({}, 0, Number.MAX_SAFE_INTEGER)).toEqual([]);
  });
});
