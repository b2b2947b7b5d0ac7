import { readFileSync } from 'node:fs';
import path from 'node:path';
import { listDirectory } from '../list-directory.ts';
import { type RegistryDirectory, registryDirectories } from './directories.ts';
import { type Collision, collisionOf, type LogIdentity, logIdentity } from './log-identity.ts';
import { isAlive, type ProcessId } from './process-id.ts';

/** The entry that a fleet publishes for all users. */
export interface FleetEntry extends LogIdentity, ProcessId {
  /** `starting` until it has checked that no other fleet writes its log file. */
  readonly state: 'starting' | 'running';
  readonly socketPath: string;
}

/** An entry, and where it was found. */
export interface RegisteredFleet extends FleetEntry {
  /** The file that holds the entry. */
  readonly entryFile: string;
  /** User id of its owner. */
  readonly uid: number;
}

/** File name extension of an entry. */
export const ENTRY = '.json';

/** The fleets of all users whose process is alive, those of the current user first. */
export function runningFleets(directories = registryDirectories()): readonly RegisteredFleet[] {
  return directories.flatMap(entriesIn).filter(isAlive);
}

/** Every entry of a directory, also of fleets that have exited. */
export function entriesIn({ path: directory, uid }: RegistryDirectory): readonly RegisteredFleet[] {
  const names = listDirectory(directory)
    .map(({ name }) => name)
    .filter((name) => name.endsWith(ENTRY));
  return names.flatMap((name) => {
    const entryFile = path.join(directory, name);
    const entry = readEntry(entryFile);
    return entry ? [{ ...entry, entryFile, uid }] : [];
  });
}

/** The fleet that writes this log file, under any name; undefined if there is none. */
export function findFleet(logFile: string): RegisteredFleet | undefined {
  const identity = logIdentity(logFile);
  return runningFleets().find((fleet) => collisionOf(identity, fleet) === 'same-file');
}

/** A running fleet that this log file collides with, and how; undefined if there is none. */
export function findCollision(
  identity: LogIdentity,
  fleets = runningFleets(),
): { readonly fleet: RegisteredFleet; readonly collision: Collision } | undefined {
  for (const fleet of fleets) {
    const collision = collisionOf(identity, fleet);
    if (collision) return { fleet, collision };
  }
  return undefined;
}

function readEntry(file: string): FleetEntry | undefined {
  try {
    const entry = JSON.parse(readFileSync(file, 'utf8')) as FleetEntry;
    const isEntry = Number.isInteger(entry.pid) && typeof entry.socketPath === 'string' && isText(entry.logFile);
    return isEntry && Array.isArray(entry.realPaths) && entry.realPaths.every(isText) ? entry : undefined;
  } catch {
    // It was removed since it was listed.
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
