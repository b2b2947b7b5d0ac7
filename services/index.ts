/** The registry. Flags, commands, tests and the README's table of services all derive from it. */

import { fileURLToPath } from 'node:url';
import type { ServiceProgram } from '../shared/service-program.ts';
import type { ServiceDefinition } from './simulation/definition.ts';

interface Registered {
  readonly name: string;
  readonly logName: string;
  readonly load: () => Promise<ServiceDefinition>;
}

// Definitions are loaded only where lines are told: the supervisor and the commands need no more than the names.
const registry: readonly Registered[] = [
  { name: 'api', logName: 'ApiService', load: async () => (await import('./api.ts')).api },
  { name: 'auth', logName: 'AuthService', load: async () => (await import('./auth.ts')).auth },
  { name: 'inventory', logName: 'InventoryService', load: async () => (await import('./inventory.ts')).inventory },
  {
    name: 'notification',
    logName: 'NotificationService',
    load: async () => (await import('./notification.ts')).notification,
  },
  { name: 'payment', logName: 'PaymentService', load: async () => (await import('./payment.ts')).payment },
];

/** Short names of the five, in the order of the log's own. */
export const serviceNames: readonly string[] = registry.map(({ name }) => name);

/** The five definitions. */
export function loadBuiltIn(): Promise<readonly ServiceDefinition[]> {
  return Promise.all(registry.map(({ load }) => load()));
}

/**
 * The programs of the five and of the services that the modules define, in that order.
 * @param modulePaths paths of ES modules whose default export is a service definition, relative to the working directory
 * @throws {UserError} `bad-definition` when a module cannot be loaded or its definition has a fault
 */
export async function loadServicePrograms(modulePaths: readonly string[]): Promise<readonly ServiceProgram[]> {
  const { loadCustom, absolutePaths } =
    modulePaths.length > 0 ? await import('./custom.ts') : { loadCustom: async () => [], absolutePaths: () => [] };
  const custom = await loadCustom(modulePaths);
  const file = fileURLToPath(new URL('./run.js', import.meta.url));
  return [...registry, ...custom].map(({ name, logName }) => ({
    name,
    logName,
    file,
    args: [name, ...absolutePaths(modulePaths)],
  }));
}
