import { UserError } from '../../../shared/errors.ts';
import { journeys } from '../../journeys.ts';
import type { ServiceDefinition } from '../definition.ts';
import { validateDefinition } from '../validation/validate.ts';
import { readModule } from './read-module.ts';

/**
 * Definitions of users' own services, checked in the order given: each may depend on the built-in ones and on those
 * before it.
 * @param paths of the modules, relative to the working directory
 * @throws {UserError} `bad-definition`, `module-failed`; of several modules at fault the first is named
 */
export async function loadDefinitions(
  paths: readonly string[],
  builtIn: readonly ServiceDefinition[],
): Promise<readonly ServiceDefinition[]> {
  const read = await Promise.allSettled(paths.map(readModule));
  const own: ServiceDefinition[] = [];
  for (const [index, path] of paths.entries()) {
    const outcome = read[index] as PromiseSettledResult<unknown>;
    if (outcome.status === 'rejected') throw outcome.reason;
    const [fault, ...more] = validateDefinition(outcome.value, [...builtIn, ...own], journeys);
    if (fault) {
      const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
      throw new UserError('bad-definition', `--service ${path}: ${fault}${rest}`);
    }
    own.push(outcome.value as ServiceDefinition);
  }
  return own;
}
