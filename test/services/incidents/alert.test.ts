/** A plain alert rule at the front door, "more than 5 % of the answers of three minutes are 5xx", against each incident. */

import { describe, expect, test } from 'vitest';
import { lostRises } from '../../../scripts/incident/notice.ts';
import { incidentTypes } from '../../../services/incidents/index.ts';
import { resolveIncident } from '../../../services/incidents/resolve-incident.ts';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { Simulation } from '../../../services/simulation/simulation.ts';
import { CALM_RATIO } from '../../../shared/defaults.ts';
import type { Incident } from '../../../shared/incident.ts';
import { statusOf } from '../../../supervisor/incidents/incident-status.ts';

const catalog = await loadCatalog();
const names = catalog.services.map(({ name }) => name);
const MINUTE = 60_000;
const BEGIN = Date.UTC(2026, 10, 6, 13);
const THRESHOLD = 0.05;
const WINDOW = 3 * MINUTE;
const INTERVAL = MINUTE / 2;

/** Minutes from its onset until the rule fires at the latest, of those that ought to be seen at the front door. */
const SEEN_AFTER: Readonly<Record<string, number>> = {
  'service-down': 2,
  'query-regression': 3,
  'session-store-failover': 4,
  'payment-provider-down': 8,
  'replica-lag': 10,
  'bad-deploy': 14,
  'db-pool-exhaustion': 13,
  'key-set-unavailable': 13,
  'memory-leak': 20,
};

/** Those whose effect is near the threshold: whether the rule fires is a matter of the seed. */
const BORDERLINE = ['ledger-failover', 'lock-contention'];

const ratios = Object.fromEntries(names.map((name) => [name, CALM_RATIO]));
const incidentOf = (type: (typeof incidentTypes)[number], severity = 1): Incident =>
  resolveIncident(type, catalog, 1, { id: 'x', at: BEGIN, severity, startedBy: 'operator' });
const entryOf = (incident: Incident) => ({ at: BEGIN, ratios, down: [], incidents: [incident] });

/** The instants at which the rule is true, from a quarter of an hour before the incident to one after it. */
function firesAt(incident: Incident): readonly number[] {
  const [from, to] = [incident.from - 5 * WINDOW, incident.to + 5 * WINDOW];
  const simulation = new Simulation(catalog, { seed: 1, rate: 20, timeline: [entryOf(incident)] });
  const counts = Array.from({ length: Math.ceil((to - from) / INTERVAL) }, () => ({ answers: 0, failed: 0 }));
  simulation.renderBetween('api', from, to, (time, { fields }) => {
    const { 'http.response.status_code': status } = fields as Readonly<Record<string, unknown>>;
    const count = counts[Math.floor((time - from) / INTERVAL)] as (typeof counts)[number];
    if (typeof status !== 'number') return;
    count.answers++;
    if (status >= 500) count.failed++;
  });
  const width = WINDOW / INTERVAL;
  const sum = (end: number, key: 'answers' | 'failed') => {
    return counts.slice(end - width, end).reduce((total, count) => total + count[key], 0);
  };
  const ends = Array.from({ length: counts.length - width + 1 }, (_, index) => index + width);
  return ends.filter((end) => sum(end, 'failed') > THRESHOLD * sum(end, 'answers')).map((end) => from + end * INTERVAL);
}

test('every type is in the table, borderline, or one that the rule does not see', () => {
  const known = incidentTypes.map(({ name }) => name);
  expect(known).toEqual(expect.arrayContaining([...Object.keys(SEEN_AFTER), ...BORDERLINE]));
});

describe.each(incidentTypes.map((type) => ({ type, name: type.name })))('$name', ({ type, name }) => {
  const incident = incidentOf(type);
  const fires = firesAt(incident);
  const onset = (incident.phases.find((phase) => phase.name !== 'precursor') as Incident['phases'][number]).from;

  test('the rule is never true before its onset, nor more than three minutes after its end', () => {
    expect(fires.filter((at) => at <= onset || at > incident.to + WINDOW)).toEqual([]);
  });

  test('the rule sees it in time, or not at all', () => {
    if (BORDERLINE.includes(name)) return;
    const limit = SEEN_AFTER[name];
    if (limit === undefined) expect(fires).toEqual([]);
    else expect(((fires[0] ?? Number.NaN) - onset) / MINUTE).toBeLessThanOrEqual(limit);
  });

  test.each([1, 0.5, 0.3, 0.1])('what a start says of an alert at the front door is true: severity %d', (severity) => {
    const milder = incidentOf(type, severity);
    const status = statusOf(milder, { now: milder.from, entry: entryOf(milder), toTimeStamp: (time) => time });
    const isLost = lostRises(status).some(({ service }) => service === 'api');
    expect(isLost && firesAt(milder).length > 0).toBe(false);
    if (severity === 1 && name in SEEN_AFTER) expect(lostRises(status)).toEqual([]);
  });
});
