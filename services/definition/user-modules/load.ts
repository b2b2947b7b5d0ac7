import { UserError } from '../../../shared/errors.ts';
import { journeys } from '../../journeys.ts';
import type { ServiceDefinition } from '../definition.ts';
import { validateDefinition } from '../validation/validate-definition.ts';
import { readModule } from './read-module.ts';

/**
 * Loads the definitions of users' own services and validates them in the order given: each may depend on the built-in
 * services and on those before it.
 * @param paths of the modules, relative to the working directory
 * @throws {UserError} `bad-definition`, `module-failed`; of several modules at fault it names the first
 */
export async function loadDefinitions(
  paths: readonly string[],
  builtIn: readonly ServiceDefinition[],
): Promise<readonly ServiceDefinition[]> {
  const results = await Promise.allSettled(paths.map((path) => readModule(path)));
  const own: ServiceDefinition[] = [];
  for (const [index, path] of paths.entries()) {
    const result = results[index] as PromiseSettledResult<unknown>;
    if (result.status === 'rejected') throw result.reason;
    const [fault, ...more] = validateDefinition(result.value, [...builtIn, ...own], journeys);
    if (fault) {
      const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
      throw new UserError('bad-definition', `--service ${path}: ${fault}${rest}`);
    }
    own.push(result.value as ServiceDefinition);
  }
  return own;
}
