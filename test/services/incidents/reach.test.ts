import { expect, test } from 'vitest';
import { incidentTypes } from '../../../services/incidents/index.ts';
import { resolveIncident } from '../../../services/incidents/resolve-incident.ts';
import { loadCatalog } from '../../../services/load-catalog.ts';
import type { CompiledService } from '../../../services/simulation/catalog.ts';
import { mix } from '../../../services/simulation/hash.ts';
import { ServiceState } from '../../../services/simulation/state/service-state.ts';

const catalog = await loadCatalog();
const type = incidentTypes.find(({ name }) => name === 'payment-provider-down') as (typeof incidentTypes)[number];
const { state: compiled } = catalog.services.find(({ name }) => name === 'payment') as CompiledService;

test('the API notices the fault of a provider as much as the provider is used', () => {
  const state = new ServiceState('payment', compiled, 1);
  const index = compiled.targets.findIndex((instances) => instances.includes('adyen'));
  const keys = Array.from({ length: 20_000 }, (_, key) => mix(key));
  const used = (target: string) => keys.filter((key) => state.target(index, key) === target).length / keys.length;
  const rise = (target: string): number => {
    const options = { id: 'x', at: 0, target, hasRedHerrings: false, startedBy: 'operator' } as const;
    const { rises } = resolveIncident(type, catalog, 1, options);
    const { points } = rises.find(({ service }) => service === 'api') as (typeof rises)[number];
    return Math.max(...points.map(({ ratio }) => ratio));
  };
  expect(used('adyen')).toBeCloseTo(0.577, 2);
  for (const target of ['stripe', 'worldpay']) {
    expect(rise(target) / rise('adyen')).toBeCloseTo(used(target) / used('adyen'), 1);
  }
});
