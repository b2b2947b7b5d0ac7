import { UserError } from '../../shared/errors.ts';
import { readModule } from '../definition/user-modules/read-module.ts';
import type { Catalog } from '../simulation/catalog.ts';
import type { IncidentType } from './incident-type.ts';
import { incidentTypes } from './index.ts';
import { validateIncidentType } from './validate-incident-type.ts';

/**
 * The incident types that users' modules define: the default export is one or a list of them. They are validated in the
 * order given.
 * @param paths of the modules, relative to the working directory
 * @throws {UserError} `bad-definition`, `module-failed`; of several modules at fault it names the first
 */
export async function loadOwnTypes(paths: readonly string[], catalog: Catalog): Promise<readonly IncidentType[]> {
  const own: IncidentType[] = [];
  for (const path of paths) {
    const exported = await readModule(path, '--incidents');
    for (const type of Array.isArray(exported) ? (exported as unknown[]) : [exported]) {
      const [fault, ...more] = validateIncidentType(type, [...incidentTypes, ...own], catalog);
      if (fault !== undefined) {
        const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
        throw new UserError('bad-definition', `--incidents ${path}: ${fault}${rest}`);
      }
      own.push(type as IncidentType);
    }
  }
  return own;
}
