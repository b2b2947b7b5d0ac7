import { createHash } from 'node:crypto';
import path from 'node:path';
import { DEFAULTS } from './defaults.ts';
import { expectedRegistryDirectory } from './registry/directories.ts';
import { findFleet } from './registry/fleets.ts';
import { realLogFile } from './registry/log-identity.ts';

/** Where the sockets of a user's fleets are: a directory that only that user may enter. */
export const SOCKETS = 'sockets';

/** Absolute path of the log file, as given or the default in the working directory. */
export function resolveLogFile(logFile: string = DEFAULTS.logFile): string {
  return path.resolve(logFile);
}

/**
 * Path of the control socket of the fleet that writes `logFile`: that of the running fleet, or else the one that a
 * fleet of this user would have. It is short enough for every kernel.
 */
export function controlSocketPath(logFile: string): string {
  return findFleet(logFile)?.socketPath ?? usualSocketPath(logFile, expectedRegistryDirectory());
}

/** Path of the control socket that a fleet of this user gets for the log file, in its registry directory. */
export function usualSocketPath(logFile: string, directory: string): string {
  const id = createHash('sha256')
    .update(realLogFile(resolveLogFile(logFile)))
    .digest('hex')
    .slice(0, 16);
  return path.join(directory, SOCKETS, `${id}.sock`);
}
