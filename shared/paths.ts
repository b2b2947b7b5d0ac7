import { createHash } from 'node:crypto';
import path from 'node:path';
import { DEFAULTS } from './defaults.ts';
import { expectedRegistryDirectory } from './registry/directories.ts';
import { findFleet } from './registry/fleets.ts';
import { realLogFile } from './registry/log-identity.ts';

/** Directory of the control sockets, inside the registry directory; only its owner may enter it. */
export const SOCKETS = 'sockets';

/** Absolute path of a log file that was given relative to the working directory; that of the default without one. */
export function resolveLogFile(logFile: string = DEFAULTS.logFile): string {
  return path.resolve(logFile);
}

/**
 * Path of the control socket of the fleet that writes `logFile`: that of the running fleet, or else the one that a fleet
 * of this user would have. It is short enough for the limit of every kernel (104 bytes on macOS).
 */
export function controlSocketPath(logFile: string): string {
  return findFleet(logFile)?.socketPath ?? usualSocketPath(logFile, expectedRegistryDirectory());
}

/**
 * Path of the control socket that a fleet of this user gets for the log file.
 * @param directory registry directory of the user
 */
export function usualSocketPath(logFile: string, directory: string): string {
  const id = createHash('sha256')
    .update(realLogFile(resolveLogFile(logFile)))
    .digest('hex')
    .slice(0, 16);
  return path.join(directory, SOCKETS, `${id}.sock`);
}
