/** The rules for every incident type: those of the catalogue, and those of users. */

import { describe, expect, test } from 'vitest';
import type { IncidentType } from '../../../services/incidents/incident-type.ts';
import { incidentTypes } from '../../../services/incidents/index.ts';
import { instancesOf, resolveIncident } from '../../../services/incidents/resolve-incident.ts';
import { validateIncidentType } from '../../../services/incidents/validate-incident-type.ts';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { PHASE_NAMES, type RatioRise } from '../../../shared/incident.ts';

const catalog = await loadCatalog();
const AT = Date.UTC(2026, 10, 6, 17);
const MINUTE = 60_000;
const startedBy = 'operator';

const resolve = (type: IncidentType, options = {}) => {
  return resolveIncident(type, catalog, 1, { id: 'x', at: AT, startedBy, ...options });
};
const highest = (rises: readonly RatioRise[], service: string) => {
  return Math.max(
    0,
    ...rises.filter((rise) => rise.service === service).flatMap(({ points }) => points.map(({ ratio }) => ratio)),
  );
};

test('there are at least fourteen that have a cause, and two controls', () => {
  expect(incidentTypes.filter(({ root, isOutage }) => root && !isOutage).length).toBeGreaterThanOrEqual(14);
  expect(incidentTypes.map(({ name }) => name)).toEqual(expect.arrayContaining(['service-down', 'quiet']));
});

describe.each(incidentTypes.map((type, index) => ({ type, name: type.name, index })))('$name', ({ type, index }) => {
  test('is valid', () => {
    expect(validateIncidentType(type, incidentTypes.slice(0, index), catalog)).toEqual([]);
  });

  test('names the instance that has the fault, if there are several, and only then', () => {
    const instances = instancesOf(type, catalog);
    expect(type.title.includes('{target}')).toBe(instances.length > 0);
    for (const target of instances) {
      const incident = resolve(type, { target });
      expect(incident.title).toContain(target);
      for (const fault of incident.faults.filter(({ service }) => service === type.root?.service)) {
        if (fault.cause === type.root?.cause) expect(fault.target).toBe(target);
      }
    }
  });

  test('has its phases one after the other, and nothing of its root outside of them', () => {
    const { phases, from, to, faults } = resolve(type);
    expect(phases.map(({ name }) => name)).toEqual(PHASE_NAMES.filter((name) => name in type.phases));
    expect(phases[0]?.from).toBe(from);
    expect(phases.at(-1)?.to).toBe(to);
    for (const [at, phase] of phases.entries()) expect(phases[at + 1]?.from ?? to).toBe(phase.to);
    for (const fault of faults.filter(
      ({ service, cause }) => service === type.root?.service && cause === type.root.cause,
    )) {
      expect(fault.from).toBeGreaterThanOrEqual(from);
      expect(fault.fullFrom).toBeGreaterThanOrEqual(fault.from);
      expect(fault.fullTo).toBeGreaterThanOrEqual(fault.fullFrom);
      expect(fault.to).toBeGreaterThan(fault.fullTo);
    }
  });

  test.each([MINUTE, 7 * MINUTE, 300 * MINUTE])('has a fault of %d ms when that is asked for', (faultMs) => {
    const { phases } = resolve(type, { faultMs });
    const during = phases.filter(({ name }) => name === 'onset' || name === 'plateau');
    expect((during.at(-1)?.to ?? 0) - (during[0]?.from ?? 0)).toBe(faultMs);
  });

  test('begins with its onset when it is to begin at once', () => {
    const { phases } = resolve(type, { isAtOnce: true });
    expect(phases[0]?.name).not.toBe('precursor');
    expect(phases[0]?.from).toBe(AT);
  });

  test('raises the ratio of its root noticeably and none above ten', () => {
    const { rises, root, outages } = resolve(type);
    if (root && outages.length === 0) expect(highest(rises, root.service)).toBeGreaterThan(1);
    if (!root) for (const { service } of rises) expect(highest(rises, service)).toBeLessThan(0.5);
    for (const { points } of rises) for (const { ratio } of points) expect(ratio).toBeLessThanOrEqual(10);
  });

  test('is half as strong with half the severity', () => {
    const { rises, outages } = resolve(type, { hasRedHerrings: false });
    const half = resolve(type, { hasRedHerrings: false, severity: 0.5 });
    if (outages.length > 0) return;
    const service = type.root?.service ?? '';
    const part = highest(half.rises, service) / highest(rises, service);
    // More than half: a journey that does not fail at one step can at the next.
    expect(type.root ? part : 0.5).toBeGreaterThanOrEqual(0.5);
    expect(type.root ? part : 0.5).toBeLessThan(0.65);
  });

  test('has red herrings that touch neither its root nor a service more than mildly', () => {
    const withThem = resolve(type);
    const without = resolve(type, { hasRedHerrings: false });
    expect(without.redHerrings).toEqual([]);
    expect(withThem.redHerrings.length).toBe(type.redHerrings?.length ?? 0);
    // Live none begins before the incident, whatever its type says.
    for (const { why } of withThem.redHerrings) expect(why).not.toMatch(/before/);
    const own = withThem.rises.slice(without.rises.length);
    for (const { points } of own) for (const { ratio } of points) expect(ratio).toBeLessThan(0.3);
  });
});

test('an outage can be of any service', () => {
  const type = incidentTypes.find(({ name }) => name === 'service-down') as IncidentType;
  expect(instancesOf(type, catalog)[0]).toBe('payment');
  const { root, outages, rises } = resolve(type, { target: 'auth' });
  expect(root?.service).toBe('auth');
  expect(outages.map(({ service }) => service)).toEqual(['auth']);
  expect(rises.map(({ service }) => service).sort()).toEqual(['api', 'notification', 'payment']);
});

const valid = incidentTypes[0] as IncidentType;
const INVALID: readonly [what: string, type: unknown, error: RegExp][] = [
  ['not an object', 7, /incident: 7 is not an incident type/],
  ['an unknown key', { ...valid, phase: {} }, /incident\.phase: unknown/],
  ['a name with capitals', { ...valid, name: 'Big' }, /name: "Big" is no name/],
  ['no title', { ...valid, title: '' }, /title: "" is not a text/],
  ['no text', { ...valid, shows: undefined }, /shows: nothing is not a text/],
  ['no root but a number', { ...valid, root: 3 }, /root: 3 is not \{ service/],
  [
    'an unknown service',
    { ...valid, root: { ...valid.root, service: 'pay' } },
    /root\.service: "pay" is no service; use api/,
  ],
  [
    'an unknown cause',
    { ...valid, root: { ...valid.root, cause: 'x' } },
    /root\.cause: "x" is no lasting fault of payment; use provider_down/,
  ],
  [
    'an unknown fault',
    { ...valid, root: { ...valid.root, fault: 'x' } },
    /root\.fault: "x" is unknown; use dependency_un/,
  ],
  ['no plateau', { ...valid, phases: { onset: { minutes: 1 } } }, /phases: has no plateau/],
  ['an unknown phase', { ...valid, phases: { ...valid.phases, end: { minutes: 1 } } }, /phases\.end: unknown/],
  ['no length', { ...valid, phases: { plateau: {} } }, /phases\.plateau\.minutes: nothing is not a number of minutes/],
  ['no length at all', { ...valid, phases: { plateau: 5 } }, /phases\.plateau: 5 is not \{ minutes/],
  ['a share above one', { ...valid, phases: { plateau: { minutes: 1, share: 2 } } }, /share: 2 is neither a share/],
  ['three shares', { ...valid, phases: { plateau: { minutes: 1, share: [0, 1, 0] } } }, /is neither a share/],
  [
    'a cause in the plateau',
    { ...valid, phases: { plateau: { minutes: 1, cause: 'provider_slow' } } },
    /only a precursor/,
  ],
  [
    'a red herring without a reason',
    { ...valid, redHerrings: [{ service: 'api', atMinute: 0, minutes: 1 }] },
    /redHerrings\[0\]\.why: nothing/,
  ],
  [
    'a red herring of nobody',
    { ...valid, redHerrings: [{ service: 'x', atMinute: 0, minutes: 1, why: 'y' }] },
    /redHerrings\[0\]\.service/,
  ],
  ['a difficulty of four', { ...valid, difficulty: 4 }, /difficulty: 4 is not 1, 2 or 3/],
  ['a flag that is false', { ...valid, isOutage: false }, /isOutage: false is not true/],
];

test.each(INVALID)('a type with %s is refused', (_what, type, error) => {
  expect(validateIncidentType(type, [], catalog).join('\n')).toMatch(error);
});

test('a name that is taken is refused', () => {
  expect(validateIncidentType(valid, [valid], catalog)).toEqual(['name: "payment-provider-down" is taken']);
});
