import { describe, expect, test } from 'vitest';
import { formatIncidents, formatPlan, formatStopped } from '../../../scripts/incident/show-incidents.ts';
import { resolveLogFile } from '../../../shared/paths.ts';
import { statusOf } from '../../../supervisor/incidents/incident-status.ts';
import { paymentIncident } from '../../tools/incident.ts';

const T0 = Date.UTC(2026, 10, 6, 17);
const at = (seconds: number) => T0 + seconds * 1_000;
const toTimeStamp = (time: number) => time;
const APP_LOG = resolveLogFile();

/** The status of the incident of the fixtures after so many seconds. */
function statusAfter(seconds: number, { base = 2, setAt }: { base?: number; setAt?: number } = {}) {
  const incident = paymentIncident(T0);
  const entry = {
    at: T0,
    ratios: { api: base, payment: base },
    down: [],
    incidents: [incident],
    ...(setAt !== undefined && { ratiosSetAt: { payment: at(setAt) } }),
  };
  return statusOf(incident, { now: at(seconds), entry, toTimeStamp });
}

test('none', () => {
  expect(formatIncidents([], T0)).toBe('No incident is going on; what there is to start: npm run incident -- list');
});

describe('the table', () => {
  test.each([
    { seconds: -5, row: 'planned    precursor at 17:00:00, in 5 s  payment 2, api 2' },
    { seconds: 0, row: 'precursor  onset at 17:01:00, in 1 min 0 s  payment 2, api 2' },
    { seconds: 60, row: 'onset      plateau at 17:01:40, in 40 s  payment 2, api 2' },
    { seconds: 100, row: 'plateau    recovery at 17:06:40, in 5 min 0 s  payment 2 -> 6, api 2 -> 2.8' },
    { seconds: 400, row: 'recovery   over at 17:08:20, in 1 min 40 s  payment 2 -> 4, api 2 -> 2.4' },
    { seconds: 500, row: 'over       over since 17:08:20' },
  ])('after $seconds s', ({ seconds, row }) => {
    const [, line = ''] = formatIncidents([statusAfter(seconds)], at(seconds)).split('\n');
    expect(line.split(/ {2,}/)).toEqual(['payment-down-1', 'payment-down', ...row.split(/ {2,}/)]);
  });

  test('shows a ratio that was set by hand', () => {
    const table = formatIncidents([statusAfter(150, { setAt: 20, base: 9 })], at(150));
    expect(`\n${table}\n`).toBe(`
ID              TYPE          STATE    NEXT (UTC)                           RATIOS
payment-down-1  payment-down  plateau  recovery at 17:06:40, in 4 min 10 s  payment 9 (set by hand), api 9 -> 9.1
`);
  });

  test.each([
    [-5, 'planned    begins at 17:00:00, in 5 s'],
    [0, 'going-on   over at 17:08:20, in 8 min 20 s'],
  ])('shows one without phases, after %i s', (seconds, row) => {
    const step = { ...paymentIncident(T0), phases: [], rises: [] };
    const entry = { at: T0, ratios: {}, down: [], incidents: [step] };
    const [, line = ''] = formatIncidents(
      [statusOf(step, { now: at(seconds), entry, toTimeStamp })],
      at(seconds),
    ).split('\n');
    expect(line.split(/ {2,}/).slice(2)).toEqual(row.split(/ {2,}/));
  });

  test('shows another day', () => {
    expect(formatIncidents([statusAfter(500)], at(500 + 86_400))).toContain('over since 2026-11-06 17:08:20');
  });
});

describe('a plan', () => {
  test('over a calm base', () => {
    expect(`\n${formatPlan(statusAfter(0, { base: 0.3 }), APP_LOG, T0)}\n`).toBe(`
payment-down-1: payment provider adyen answers nothing
Root cause: payment, provider:adyen, dependency_unavailable

PHASE      FROM (UTC)  TO        PAYMENT       API
precursor  17:00:00    17:01:00  0.3           0.3
onset      17:01:00    17:01:40  0.3 -> 3.94   0.3 -> 1.03
plateau    17:01:40    17:06:40  5.15          1.27
recovery   17:06:40    17:08:20  2.73 -> 0.54  0.79 -> 0.35

Red herring at 17:00:20, 40 s before the fault: release of auth (nothing of auth changes)
`);
  });

  test.each([
    [60, '17:01:00, with the fault'],
    [59, '17:00:59, 1 s before the fault'],
    [185, '17:03:05, 2 min 5 s after the fault'],
  ])('with a red herring after %i s', (seconds, when) => {
    const status = statusAfter(0);
    const redHerrings = status.redHerrings.map((herring) => ({ ...herring, from: at(seconds) }));
    expect(formatPlan({ ...status, redHerrings }, APP_LOG, T0)).toContain(`Red herring at ${when}: release of auth (`);
  });

  test('over one that hides it', () => {
    const lines = formatPlan(statusAfter(0), APP_LOG, T0).split('\n');
    expect(lines.at(-1)).toBe(
      'An alert on the bad lines of api will hardly notice: over a base of 2 its ratio rises to 2.8 only; ' +
        'lower the ratios first: npm run ratios -- --all 0.3',
    );
  });

  test('of another fleet than the default', () => {
    expect(formatPlan(statusAfter(0), '/tmp/a.log', T0)).toMatch(
      /npm run ratios -- --all 0\.3 --log-file \/tmp\/a\.log$/,
    );
  });

  test('that is mild', () => {
    const mild = statusAfter(0, { base: 0.3 });
    const ratios = { payment: [0.3, 0.4], api: [0.3, 0.3] } as const;
    const text = formatPlan(
      { ...mild, severity: 0.1, phases: mild.phases.map((phase) => ({ ...phase, ratios })) },
      APP_LOG,
    );
    expect(text).toContain('its ratio rises to 0.4 only; use a higher --severity');
  });

  test('of a control, without a red herring', () => {
    const text = formatPlan({ ...statusAfter(0), root: null, redHerrings: [] }, APP_LOG, T0);
    expect(text).toContain('Root cause: none, this is a control');
    expect(text).not.toContain('Red herring');
    expect(text).not.toContain('hardly');
  });
});

test.each([
  [400, 'payment-down-1 recovers until 17:08:20 UTC'],
  [500, 'payment-down-1 is over'],
])('stopped, after %i s', (seconds, text) => {
  expect(formatStopped(statusAfter(seconds), at(seconds))).toBe(text);
});
