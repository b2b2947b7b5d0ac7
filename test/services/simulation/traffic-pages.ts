import { loadCatalog } from '../../../services/load-catalog.ts';
import { trafficCast } from '../../../services/simulation/casts.ts';
import type { Catalog } from '../../../services/simulation/catalog.ts';
import { Pages } from '../../../services/simulation/page.ts';
import { pageTemplateOf } from '../../../services/simulation/page-template.ts';
import { ServiceState } from '../../../services/simulation/state/service-state.ts';
import { warpFor } from '../../../services/simulation/traffic/world-warp.ts';
import type { Traffic } from '../../../shared/world.ts';

/** The built-in services. */
export const builtIn = await loadCatalog();

/** The states of the services under a seed. */
export function statesOf(seed: number, { services }: Catalog = builtIn): readonly ServiceState[] {
  return services.map(({ name, state }) => new ServiceState(name, state, seed));
}

/** Pages of traffic only, as if nothing came by the clock: of so many lines per second. */
export function trafficPages(
  rate: number,
  { seed = 1, traffic = 'steady' as Traffic, catalog = builtIn as Catalog } = {},
): Pages {
  const template = pageTemplateOf(catalog, trafficCast(catalog));
  const states = statesOf(seed, catalog);
  return new Pages({
    name: 'journeys',
    template,
    lengthMs: (template.slots.length * 1000) / rate,
    warp: warpFor(traffic, seed),
    seed,
    statesAt: () => states,
    limits: catalog.limits.drawFor(seed),
  });
}
