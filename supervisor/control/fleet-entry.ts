import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SOCKETS } from '../../shared/paths.ts';
import { type RegistryDirectory, registryDirectories, userId } from '../../shared/registry/directories.ts';
import { ENTRY, entriesIn, type FleetEntry, findCollision, runningFleets } from '../../shared/registry/fleets.ts';
import { isAlive } from '../../shared/registry/process-id.ts';
import { type FileIdentity, identityOf } from './listen.ts';

/** The entry of this fleet in the registry of fleets. */
export class OwnEntry {
  readonly #file: string;
  #entry: FleetEntry;
  #identity: FileIdentity | undefined;

  constructor(directory: string, entry: FleetEntry) {
    this.#file = path.join(directory, `${entry.pid}-${randomBytes(4).toString('hex')}${ENTRY}`);
    this.#entry = entry;
  }

  get entry(): FleetEntry {
    return this.#entry;
  }

  /** False when the entry was removed or replaced. */
  get isInPlace(): boolean {
    return this.#identity !== undefined && identityOf(this.#file) === this.#identity;
  }

  /** Writes the entry with these changes; all users can read it. */
  write(changes: Partial<FleetEntry> = {}): void {
    this.#entry = { ...this.#entry, ...changes };
    // Under another name first, so that no reader sees half an entry.
    const draft = `${this.#file}.draft`;
    writeFileSync(draft, `${JSON.stringify(this.#entry)}\n`, { mode: 0o644 });
    renameSync(draft, this.#file);
    this.#identity = identityOf(this.#file);
  }

  remove(): void {
    this.#identity = undefined;
    rmSync(this.#file, { force: true });
  }

  /** Finds another fleet that writes the same file, or one that rotates to it. */
  collision(): ReturnType<typeof findCollision> {
    const others = runningFleets().filter(({ entryFile }) => entryFile !== this.#file);
    return findCollision(this.#entry, others);
  }
}

/** Removes the entries and sockets of fleets of this user that were killed. */
export function removeStaleEntries(): void {
  for (const directory of registryDirectories()) if (directory.uid === userId()) removeStaleIn(directory);
}

function removeStaleIn(directory: RegistryDirectory): void {
  const entries = entriesIn(directory);
  const inUse = entries.filter(isAlive).map(({ socketPath }) => socketPath);
  for (const { entryFile, socketPath } of entries.filter((entry) => !isAlive(entry))) {
    rmSync(entryFile, { force: true });
    const isOurs = socketPath.startsWith(path.join(directory.path, SOCKETS, path.sep));
    if (isOurs && !inUse.includes(socketPath)) rmSync(socketPath, { force: true });
  }
}
