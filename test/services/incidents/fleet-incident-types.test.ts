import { describe, expect, test } from 'vitest';
import { IncidentTypes, loadIncidentTypes } from '../../../services/incidents/incident-types.ts';
import { incidentTypes } from '../../../services/incidents/index.ts';
import { instancesOf } from '../../../services/incidents/resolve-incident.ts';
import { loadCatalog } from '../../../services/load-catalog.ts';

const catalog = await loadCatalog();
const types = new IncidentTypes(catalog, [], 1);
const AT = Date.UTC(2026, 10, 6, 17);
const order = { id: 'x', startedBy: 'operator' } as const;

test('the list has every type, in its order', () => {
  expect(types.list().map(({ name }) => name)).toEqual(incidentTypes.map(({ name }) => name));
});

describe.each(types.list().map((info, index) => ({ info, index, name: info.name })))('$name', ({ info, index }) => {
  const type = incidentTypes[index] as (typeof incidentTypes)[number];

  test('is described as an incident of it will be', () => {
    const incident = types.plan({ type: type.name, ...order })(AT);
    expect(info.title).toBe(incident.title);
    expect(info.targets).toEqual(instancesOf(type, catalog));
    expect(info.phases.map(({ name }) => name)).toEqual(incident.phases.map(({ name }) => name));
    for (const [at, { minutes }] of info.phases.entries()) {
      const { from = 0, to = 0 } = incident.phases[at] ?? {};
      expect(to - from).toBe(minutes * 60_000);
    }
    expect(info.redHerrings).toHaveLength(incident.redHerrings.length);
    expect(info.root?.fault).toBe(incident.root?.fault);
  });

  test('says by how much ratios rise', () => {
    for (const rise of Object.values(info.rises)) {
      expect(rise).toBeGreaterThan(0);
      expect(rise).toBeLessThanOrEqual(10);
    }
    expect(Object.keys(info.rises).length > 0).toBe(info.root !== null);
  });
});

describe('a plan', () => {
  const of = (request: object) => types.plan({ type: 'payment-provider-down', ...order, ...request })(AT);

  test('has nothing that begins before the instant', () => {
    for (const { name } of incidentTypes) {
      const { from, faults, deploys, redHerrings, rises } = types.plan({ type: name, ...order })(AT);
      expect(from).toBe(AT);
      const begins = [...faults, ...deploys, ...redHerrings].map((planned) => planned.from);
      expect(Math.min(AT, ...begins, ...rises.flatMap(({ points }) => points.map(({ at }) => at))), name).toBe(AT);
    }
  });

  test.each([
    { request: {}, expected: { id: 'x', startedBy: 'operator', severity: 1 } },
    { request: { target: 'stripe' }, expected: { root: { component: 'provider:stripe' } } },
    { request: { severity: 0.5 }, expected: { severity: 0.5 } },
    { request: { redHerrings: false }, expected: { redHerrings: [] } },
    { request: { redHerrings: true }, expected: { redHerrings: [{ service: 'notification' }] } },
    { request: { atOnce: true }, expected: { phases: [{ name: 'onset', from: AT }, {}, {}] } },
    { request: { announced: false }, expected: { faults: [{}, { isAnnounced: false }] } },
    { request: { announced: true }, expected: { faults: [{}, { isAnnounced: true }] } },
  ])('$request', ({ request, expected }) => {
    expect(of(request)).toMatchObject(expected);
  });

  test('lasts as long as was asked for, from its onset to its recovery', () => {
    const [onset, , recovery] = of({ for: 60_000, atOnce: true }).phases;
    expect((recovery?.from ?? 0) - (onset?.from ?? 0)).toBe(60_000);
  });
});

describe('what there is not', () => {
  test.each([
    {
      request: { type: 'payment-provider-dwn' },
      code: 'unknown-incident-type',
      message:
        /^"payment-provider-dwn": no such incident type; did you mean payment-provider-down\? All are listed by: /,
    },
    { request: { type: 'leak' }, code: 'unknown-incident-type', message: /; did you mean memory-leak\? / },
    { request: { type: 'zzz' }, code: 'unknown-incident-type', message: /^"zzz": no such incident type; All are / },
    { request: { type: '__proto__' }, code: 'unknown-incident-type', message: /^"__proto__": no such incident type; / },
    {
      request: { type: 'payment-provider-down', target: 'paypal' },
      code: 'unknown-target',
      message: /^target "paypal": no such target of payment-provider-down; use adyen, stripe, worldpay$/,
    },
    {
      request: { type: 'quiet', target: 'api' },
      code: 'unknown-target',
      message: /^target "api": no such target of quiet; it has none to choose from, leave it out$/,
    },
  ])('$request', ({ request, code, message }) => {
    expect(() => types.plan({ ...order, ...request })).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});

test("a user's own service can be the target of an outage", async () => {
  const { default: shipping } = await import('../../fixtures/shipping.js');
  const own = await loadIncidentTypes([shipping as never], [], 1);
  expect(own.plan({ type: 'service-down', target: 'shipping', ...order })(AT).outages).toMatchObject([
    { service: 'shipping' },
  ]);
});
