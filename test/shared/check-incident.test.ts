import { describe, expect, test } from 'vitest';
import {
  checkIncidentId,
  checkIncidentLength,
  checkIncidentRequest,
  checkSeverity,
} from '../../shared/check-incident.ts';

const EXAMPLE = '{"type": "payment-provider-down", "for": 600000}';

test.each([
  {},
  { id: 'checkout-outage' },
  { id: `A${'-._0'.repeat(15)}xyz` },
  { target: 'adyen' },
  { for: 10_000 },
  { for: 604_800_000 },
  { severity: 0.1 },
  { severity: 1 },
  { atOnce: true, announced: false, redHerrings: false },
  { target: undefined, atOnce: undefined },
])('%j is valid', (fields) => {
  const request = { type: 'quiet', ...fields };
  expect(checkIncidentRequest(request)).toEqual(request);
});

describe('not an object', () => {
  test.each([[undefined], [null], ['quiet'], [[]], [7]])('%j', (value) => {
    expect(() => checkIncidentRequest(value)).toThrow(
      expect.objectContaining({
        code: 'bad-request',
        message: expect.stringMatching(/ is no incident; use an object such as \{"type": /),
      }),
    );
  });
});

describe('the first field that is wrong', () => {
  const length = 'use 10000 to 604800000 ms, which is 10 seconds to 7 days, for example for: 600000';
  const severity = 'use a number from 0.1 to 1, for example severity: 0.5';
  const id = 'use up to 64 letters, digits, dots, hyphens and underscores, for example checkout-outage';
  test.each([
    [{ type: '' }, `type: "" is invalid; use the name of an incident type, as in ${EXAMPLE}`],
    [{ type: undefined }, `type: undefined is invalid; use the name of an incident type, as in ${EXAMPLE}`],
    [{ type: 7 }, `type: 7 is invalid; use the name of an incident type, as in ${EXAMPLE}`],
    [{ id: '' }, `id: "" is invalid; ${id}`],
    [{ id: 'a b' }, `id: "a b" is invalid; ${id}`],
    [{ id: '-x' }, `id: "-x" is invalid; ${id}`],
    [{ id: 'a/b' }, `id: "a/b" is invalid; ${id}`],
    [{ id: 5 }, `id: 5 is invalid; ${id}`],
    [{ id: null }, `id: null is invalid; ${id}`],
    [{ target: ' ' }, 'target: " " is invalid; use the name of an instance or a service'],
    [{ target: 1 }, 'target: 1 is invalid; use the name of an instance or a service'],
    [{ for: 9_999 }, `for: 9999 is invalid; ${length}`],
    [{ for: 604_800_001 }, `for: 604800001 is invalid; ${length}`],
    [{ for: 10_000.5 }, `for: 10000.5 is invalid; ${length}`],
    [{ for: '10m' }, `for: "10m" is invalid; ${length}`],
    [{ for: Number.NaN }, `for: NaN is invalid; ${length}`],
    [{ severity: 0.09 }, `severity: 0.09 is invalid; ${severity}`],
    [{ severity: 1.01 }, `severity: 1.01 is invalid; ${severity}`],
    [{ severity: '1' }, `severity: "1" is invalid; ${severity}`],
    [{ severity: Number.NaN }, `severity: NaN is invalid; ${severity}`],
    [{ atOnce: 'true' }, 'atOnce: "true" is invalid; use true or false'],
    [{ announced: 1 }, 'announced: 1 is invalid; use true or false'],
    [{ redHerrings: null }, 'redHerrings: null is invalid; use true or false'],
    [{ sevrity: 1 }, 'sevrity: no such field of an incident; did you mean severity?'],
    [
      { unknown: 1 },
      'unknown: no such field of an incident; use type, id, target, for, severity, atOnce, announced, redHerrings',
    ],
    [{ constructor: 1 }, expect.stringMatching(/^constructor: no such field/)],
  ])('%j', (fields, message) => {
    expect(() => checkIncidentRequest({ type: 'quiet', ...fields })).toThrow(
      expect.objectContaining({ code: 'bad-option', message }),
    );
  });
});

describe('what was typed is shown, with how to type it', () => {
  test.each([
    [
      () => checkIncidentLength('--for', undefined, '10'),
      '--for: "10" is invalid; use 10s to 7d, for example --for 10m',
    ],
    [() => checkIncidentLength('--for', 5_000, '5s'), '--for: "5s" is invalid; use 10s to 7d, for example --for 10m'],
    [
      () => checkSeverity('--severity', Number.NaN, 'x'),
      '--severity: "x" is invalid; use a number from 0.1 to 1, for example --severity 0.5',
    ],
    [
      () => checkIncidentId('--id', '?'),
      '--id: "?" is invalid; use up to 64 letters, digits, dots, hyphens and underscores, for example checkout-outage',
    ],
  ])('%#', (check, message) => {
    expect(check).toThrow(expect.objectContaining({ code: 'bad-option', message }));
  });
});
