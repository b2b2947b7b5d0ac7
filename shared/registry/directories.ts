import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../errors.ts';
import { listDirectory } from '../list-directory.ts';

/**
 * Where the directories of all users are. They do not depend on the environment, so a fleet is found from every shell,
 * whatever its TMPDIR, XDG_RUNTIME_DIR or HOME. The second is for systems where the first is not writable.
 */
const BASES: readonly string[] = ['/tmp', '/var/tmp'];

const PREFIX = 'demo-logs-';

/** How many names a user tries: another user may have taken the first. */
const MAX_NAMES = 10;

/** A name: the user id, then a number for all but the first. */
const NAME = /^demo-logs-\d+(-\d)?$/;

const WRITABLE_BY_OTHERS = 0o022;

/** A directory with the entries of one user's fleets. */
export interface RegistryDirectory {
  readonly path: string;
  /** User id of its owner. */
  readonly uid: number;
}

/** Every user's directory, the current user's first, without those that others can write to: they could be forged. */
export function registryDirectories(bases = BASES): readonly RegistryDirectory[] {
  const namesIn = (base: string) =>
    listDirectory(base)
      .map(({ name }) => name)
      .filter((name) => NAME.test(name));
  const found = bases.flatMap((base) => namesIn(base).map((name) => path.join(base, name)));
  const directories = found.flatMap((directory) => {
    const stats = lstatSync(directory, { throwIfNoEntry: false });
    if (!stats?.isDirectory() || (stats.mode & WRITABLE_BY_OTHERS) !== 0) return [];
    return [{ path: directory, uid: stats.uid }];
  });
  const rank = ({ uid }: RegistryDirectory) => (uid === userId() ? 0 : 1);
  return directories.sort((a, b) => rank(a) - rank(b));
}

/**
 * The current user's directory, created if necessary: all users may read it, but not write to it.
 * @throws {UserError} `socket-directory`
 */
export function ownRegistryDirectory(bases = BASES): string {
  const reasons: string[] = [];
  for (const directory of ownNames(bases)) {
    const problem = claimDirectory(directory);
    if (problem === undefined) return directory;
    reasons.push(`${directory}: ${problem}`);
  }
  throw new UserError(
    'socket-directory',
    `no directory for the control socket can be created (${reasons[0]}); make ${bases.join(' or ')} writable`,
  );
}

/** The current user's directory, or where it will be created. */
export function expectedRegistryDirectory(): string {
  const own = registryDirectories().find(({ uid }) => uid === userId());
  return own?.path ?? path.join(BASES[0] as string, `${PREFIX}${userId()}`);
}

/** The user id of this process; 0 on systems without user ids. */
export function userId(): number {
  return process.getuid?.() ?? 0;
}

function ownNames(bases: readonly string[]): readonly string[] {
  const suffixes = ['', ...Array.from({ length: MAX_NAMES - 1 }, (_, index) => `-${index + 1}`)];
  return bases.flatMap((base) => suffixes.map((suffix) => path.join(base, `${PREFIX}${userId()}${suffix}`)));
}

/** Creates the directory, or accepts one of our own; returns the reason if neither is possible. */
function claimDirectory(directory: string): string | undefined {
  try {
    mkdirSync(directory, { mode: 0o755 });
    // The umask may have removed the permissions that others need to find the fleets of this user.
    chmodSync(directory, 0o755);
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') return message;
  }
  const stats = lstatSync(directory, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return 'it is not a directory';
  if (stats.uid !== userId()) return 'it belongs to another user';
  if ((stats.mode & 0o777) !== 0o755) chmodSync(directory, 0o755);
  return undefined;
}
