import type { ServiceDefinition } from './definition/definition.ts';
import { loadBuiltIn } from './index.ts';
import { journeys } from './journeys.ts';
import type { Catalog } from './simulation/catalog.ts';
import { compileCatalog } from './simulation/compile-catalog.ts';

/**
 * The built-in and the user's services with the shop's journeys, ready to render lines.
 * @param own valid definitions, in the order given
 */
export async function loadCatalog(own: readonly ServiceDefinition[] = []): Promise<Catalog> {
  return compileCatalog([...(await loadBuiltIn()), ...own], journeys);
}
