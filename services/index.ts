/** The services. Flags, commands, tests and the README's table of services all derive from them. */

import { join, resolve } from 'node:path';
import type { ServiceProgram } from '../shared/service-program.ts';
import type { ServiceDefinition } from './definition/definition.ts';
import { builtInServices, type ServiceName } from './service-names.ts';

/** Short names of the built-in services. */
export const serviceNames: readonly string[] = builtInServices.map(({ name }) => name);

// Definitions are loaded only where lines are rendered: the supervisor and the commands need only the names.
const builtIn: Readonly<Record<ServiceName, () => Promise<ServiceDefinition>>> = {
  api: async () => (await import('./api.ts')).api,
  auth: async () => (await import('./auth.ts')).auth,
  inventory: async () => (await import('./inventory.ts')).inventory,
  notification: async () => (await import('./notification.ts')).notification,
  payment: async () => (await import('./payment.ts')).payment,
};

/** The definitions of the built-in services. */
export function loadBuiltIn(): Promise<readonly ServiceDefinition[]> {
  return Promise.all(builtInServices.map(({ name }) => builtIn[name]()));
}

/** A service that a user's module defines. */
export interface OwnService {
  /** Valid plain data. */
  readonly definition: ServiceDefinition;
  /** Absolute path of the module. */
  readonly modulePath: string;
}

/**
 * The services that the modules define, in the order given. No module is imported into this process.
 * @param paths of ES modules whose default export is a service definition, relative to the working directory
 * @throws {UserError} `bad-definition` when a module throws or its definition is invalid, `module-failed` when it exits
 * or does not finish loading in time
 */
export async function loadOwnServices(paths: readonly string[]): Promise<readonly OwnService[]> {
  if (paths.length === 0) return [];
  // A fleet without user services does not need the validation.
  const { loadDefinitions } = await import('./definition/user-modules/load.ts');
  const definitions = await loadDefinitions(paths, await loadBuiltIn());
  return definitions.map((definition, index) => ({ definition, modulePath: resolve(paths[index] as string) }));
}

/**
 * The programs of the built-in services and of the user's, in that order. Every process gets all definitions as data;
 * a module is imported only by the process of its own service, for its side effects.
 * @param directory absolute path of this directory, compiled, or of a copy of it
 */
export function servicePrograms(own: readonly OwnService[], directory: string): readonly ServiceProgram[] {
  const file = join(directory, 'process', 'run.js');
  const input = own.length > 0 ? JSON.stringify(own.map(({ definition }) => definition)) : undefined;
  return [
    ...builtInServices.map(({ name, logName }) => ({ name, logName, file, args: [name], input })),
    ...own.map(({ definition: { name, logName }, modulePath }) => {
      return { name, logName, file, args: [name, modulePath], input };
    }),
  ];
}
