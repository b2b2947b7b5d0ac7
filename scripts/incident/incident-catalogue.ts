import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServiceDefinition } from '../../services/definition/definition.ts';
import type { IncidentType } from '../../services/incidents/incident-type.ts';
import type { IncidentTypes } from '../../services/incidents/incident-types.ts';
import { isErrorCode, UserError } from '../../shared/errors.ts';
import type { IncidentCatalogue } from '../../supervisor/incidents/incident-catalogue.ts';

/**
 * The incident types of a fleet, loaded when they are first asked for. They come from the code that its services run: what
 * an incident is planned to do must be what they will do, and the code in `dist/` may have been rebuilt since.
 * @param directory absolute path of the folder `services` of that code
 * @param definitions of the user's own services
 * @param types incident types of the user's own
 * @param seed of the world
 */
export function incidentCatalogue(
  directory: string,
  definitions: readonly ServiceDefinition[],
  types: readonly IncidentType[],
  seed: number,
): IncidentCatalogue {
  let loading: Promise<IncidentTypes> | undefined;
  const load = () => {
    loading ??= loadFrom(directory, definitions, types, seed).catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return {
    list: async () => (await load()).list(),
    plan: async (order) => {
      const types = await load();
      try {
        return types.plan(order);
      } catch (error) {
        throw toOwnError(error);
      }
    },
  };
}

async function loadFrom(
  directory: string,
  definitions: readonly ServiceDefinition[],
  types: readonly IncidentType[],
  seed: number,
): Promise<IncidentTypes> {
  const { href } = pathToFileURL(join(directory, 'incidents', 'incident-types.js'));
  const { loadIncidentTypes } = (await import(href)) as typeof import('../../services/incidents/incident-types.ts');
  return loadIncidentTypes(definitions, types, seed);
}

/** The code of the fleet has a class of this name of its own. */
function toOwnError(error: unknown): unknown {
  const { name, code, message } = error as UserError;
  return name === 'UserError' && isErrorCode(code) ? new UserError(code, message) : error;
}
