import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../shared/errors.ts';
import { loadBuiltIn } from './index.ts';
import type { ServiceDefinition } from './simulation/definition.ts';
import { stories } from './stories.ts';
import { faultsIn } from './validation/definition.ts';

export function absolutePaths(modulePaths: readonly string[]): string[] {
  return modulePaths.map((path) => resolve(path));
}

/**
 * Definitions of users' own services, checked in the order given: each may depend on the five and on those before it.
 * @throws {UserError} `bad-definition`
 */
export async function loadCustom(modulePaths: readonly string[]): Promise<readonly ServiceDefinition[]> {
  const builtIn = await loadBuiltIn();
  const custom: ServiceDefinition[] = [];
  for (const path of modulePaths) {
    const definition = await importDefault(path);
    const [fault, ...more] = faultsIn(definition, [...builtIn, ...custom], stories);
    if (fault) {
      const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
      throw new UserError('bad-definition', `--service ${path}: ${fault}${rest}`);
    }
    custom.push(definition as ServiceDefinition);
  }
  return custom;
}

async function importDefault(path: string): Promise<unknown> {
  try {
    return ((await import(pathToFileURL(resolve(path)).href)) as { default?: unknown }).default;
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error);
    throw new UserError(
      'bad-definition',
      `--service ${path}: cannot be loaded (${reason}); give the path of an ES module`,
    );
  }
}
