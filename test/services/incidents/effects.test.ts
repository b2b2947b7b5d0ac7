/** What incidents do to the log, measured in its lines. */

import { describe, expect, test } from 'vitest';
import type { IncidentType } from '../../../services/incidents/incident-type.ts';
import { incidentTypes } from '../../../services/incidents/index.ts';
import { resolveIncident } from '../../../services/incidents/resolve-incident.ts';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { badLinesIn } from '../../../services/simulation/bad-line-count.ts';
import { Simulation } from '../../../services/simulation/simulation.ts';
import type { Incident } from '../../../shared/incident.ts';
import { changesOf, ratioInEffect } from '../../../shared/ratios-in-effect.ts';
import { isBad, type LogRecord } from '../../../shared/record.ts';

const catalog = await loadCatalog();
const names = catalog.services.map(({ name }) => name);
const HOUR = 3_600_000;
const BEGIN = Date.UTC(2026, 10, 6, 12);
/** Long enough for whole pages of traffic in each phase. */
const FAULT_MS = HOUR / 3;
/** Of journeys, in ms. */
const LONGEST = 60_000;
const withCause = incidentTypes.filter(({ root, isOutage }) => root && !isOutage);

const incidentOf = (type: IncidentType): Incident => {
  return resolveIncident(type, catalog, 1, { id: 'x', at: BEGIN + HOUR, faultMs: FAULT_MS, startedBy: 'operator' });
};
const typeNamed = (name: string): IncidentType => incidentTypes.find((type) => type.name === name) as IncidentType;
const simulationOf = (incidents: readonly Incident[], base = 0.3, rate = 10): Simulation => {
  const ratios = Object.fromEntries(names.map((name) => [name, base]));
  return new Simulation(catalog, { seed: 1, rate, timeline: [{ at: BEGIN, ratios, down: [], incidents }] });
};
const plateauOf = ({ phases }: Incident) => phases.find(({ name }) => name === 'plateau') as Incident['phases'][number];

const statusOf = (line: LogRecord) => Number(line['http.response.status_code'] ?? 0);
const isAnswer = (line: LogRecord): boolean => line.service === 'ApiService' && / HTTP\/1\.1" \d{3} /.test(line.msg);
const failing = (lines: readonly LogRecord[]): number =>
  lines.filter((line) => statusOf(line) >= 500).length / lines.length;
const causesOf = (lines: readonly LogRecord[]): number => {
  const counts = new Map<unknown, number>();
  for (const line of lines) counts.set(line['error.type'], (counts.get(line['error.type']) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / lines.length);
  return Math.exp(-shares.reduce((sum, share) => sum + share * Math.log(share), 0));
};

describe('at the front door', () => {
  const measure = (name: string) => {
    const incident = incidentOf(typeNamed(name));
    const { from, to } = plateauOf(incident);
    const answers = (begin: number, end: number) =>
      simulationOf([incident], 0.3, 20).linesBetween('api', begin, end).filter(isAnswer);
    const during = answers(from, to);
    const calm = answers(BEGIN, incident.from);
    const to5xx = (of: RegExp) => ({
      calm: failing(calm.filter(({ msg }) => of.test(msg))),
      during: failing(during.filter(({ msg }) => of.test(msg))),
    });
    return { all: to5xx(/./), orders: to5xx(/POST \/api\/v1\/orders /), products: to5xx(/GET \/api\/v1\/products/) };
  };

  test.each([
    { name: 'payment-provider-down', times: 4, share: 0.5 },
    { name: 'ledger-failover', times: 3, share: 0.4 },
    { name: 'service-down', times: 4, share: 0.5 },
  ])(
    '$name fails $share of the orders and $times times as many requests; what needs no payment stays as it was',
    ({ name, times, share }) => {
      const { all, orders, products } = measure(name);
      expect(all.during).toBeGreaterThan(times * all.calm);
      expect(orders.during).toBeGreaterThan(share);
      expect(Math.abs(products.during - products.calm)).toBeLessThan(0.02);
    },
  );

  test.each(['db-pool-exhaustion', 'query-regression', 'bad-deploy', 'key-set-unavailable'])(
    '%s can be seen in the share of 5xx',
    (name) => {
      const { all } = measure(name);
      expect(all.during).toBeGreaterThan(2.5 * all.calm);
    },
  );

  test.each(['db-pool-exhaustion', 'query-regression'])('%s fails four times as many requests', (name) => {
    const { all } = measure(name);
    expect(all.during).toBeGreaterThan(4 * all.calm);
  });

  test.each(['mail-relay-refusing', 'bad-template', 'payment-provider-slow'])('%s cannot', (name) => {
    const { all } = measure(name);
    expect(all.during).toBeLessThan(2 * all.calm);
  });
});

describe.each(withCause.map((type) => ({ type, name: type.name })))('$name', ({ type }) => {
  const incident = incidentOf(type);
  const { service } = incident.root as NonNullable<Incident['root']>;
  const plateau = plateauOf(incident);

  test.each([0.3, 2])(
    'has exactly the bad lines of the ratio in effect, on each whole page of calm, plateau and after, over a base of %d',
    (base) => {
      const simulation = simulationOf([incident], base);
      const ratios = Object.fromEntries(names.map((name) => [name, base]));
      const changes = [...changesOf(incident)];
      const after = incident.to + HOUR / 3;
      const periods = [{ from: BEGIN, to: BEGIN + HOUR / 9 }, plateau, { from: after, to: after + HOUR / 9 }];
      for (const name of names) {
        const [kind] = simulation.pagesOf(name);
        const { lines, ms } = kind as { lines: number; ms: number };
        for (const { from, to } of periods) {
          // The last lines of a page are due after its end.
          for (let page = Math.ceil(from / ms); (page + 1) * ms + LONGEST < to; page++) {
            if (changes.some((at) => at >= page * ms && at < (page + 1) * ms + LONGEST)) continue;
            const at = ratioInEffect({ ratios, incidents: [incident] }, name, page * ms);
            const bad = simulation.linesOfPage(name, 0, page).filter(({ level }) => isBad(level)).length;
            expect([name, page, bad]).toEqual([name, page, badLinesIn(page, lines, at)]);
          }
        }
      }
    },
  );

  test('is what most of the bad lines of its service tell, and they have few causes', () => {
    const lines = simulationOf([incident]).linesBetween(service, plateau.from + 5 * 60_000, plateau.to);
    const bad = lines.filter(({ level }) => isBad(level));
    expect(bad.filter((line) => line['error.type'] === type.root?.cause).length / bad.length).toBeGreaterThan(0.5);
    expect(causesOf(bad)).toBeLessThan(5);
  });
});
