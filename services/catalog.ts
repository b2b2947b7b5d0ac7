import { loadBuiltIn } from './index.ts';
import { type Catalog, compileCatalog } from './simulation/catalog.ts';
import type { ServiceDefinition } from './simulation/definition.ts';
import { stories } from './stories.ts';

/**
 * The five and the user's own services, with the shop's journeys, ready to tell lines.
 * @param own valid definitions, in the order in which they were given
 */
export async function loadCatalog(own: readonly ServiceDefinition[] = []): Promise<Catalog> {
  return compileCatalog([...(await loadBuiltIn()), ...own], stories);
}
