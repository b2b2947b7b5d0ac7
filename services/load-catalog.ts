import type { ServiceDefinition } from './definition/definition.ts';
import { loadBuiltIn } from './index.ts';
import { journeys } from './journeys.ts';
import { type Catalog, compileCatalog } from './simulation/catalog.ts';

/**
 * The five and the user's own services, with the shop's journeys, ready to tell lines.
 * @param own valid definitions, in the order in which they were given
 */
export async function loadCatalog(own: readonly ServiceDefinition[] = []): Promise<Catalog> {
  return compileCatalog([...(await loadBuiltIn()), ...own], journeys);
}
