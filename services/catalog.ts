import { loadBuiltIn } from './index.ts';
import { type Catalog, compileCatalog } from './simulation/catalog.ts';
import { stories } from './stories.ts';

/**
 * The five and the services that the modules define, with the shop's journeys, ready to tell lines.
 * @param modulePaths as for `loadServicePrograms`
 * @throws {UserError} `bad-definition`
 */
export async function loadCatalog(modulePaths: readonly string[] = []): Promise<Catalog> {
  const builtIn = await loadBuiltIn();
  // The validation is code that a fleet of the five has no use for.
  const custom = modulePaths.length > 0 ? await (await import('./custom.ts')).loadCustom(modulePaths) : [];
  return compileCatalog([...builtIn, ...custom], stories);
}
