import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../errors.ts';

/**
 * Where the directories of all users are: the same for every environment, so nothing that one shell sets and another
 * does not (TMPDIR, XDG_RUNTIME_DIR, HOME) hides a fleet. The second is for systems where the first cannot be written.
 */
const BASES: readonly string[] = ['/tmp', '/var/tmp'];

const PREFIX = 'demo-logs-';

/** Names that a user tries in turn: somebody else may have taken the first. */
const MAX_NAMES = 10;

/** Names of such directories: the user id, and a number for all but the first. */
const NAME = /^demo-logs-\d+(-\d)?$/;

const WRITABLE_BY_OTHERS = 0o022;

/** A directory of fleets that one user wrote. */
export interface RegistryDirectory {
  readonly path: string;
  /** User id of its owner. */
  readonly uid: number;
}

/** Every user's directory, the current user's first. One that others can write to proves nothing and is left out. */
export function registryDirectories(bases = BASES): readonly RegistryDirectory[] {
  const found = bases.flatMap((base) => namesIn(base).map((name) => path.join(base, name)));
  const directories = found.flatMap((directory) => {
    const stats = lstatSync(directory, { throwIfNoEntry: false });
    if (!stats?.isDirectory() || (stats.mode & WRITABLE_BY_OTHERS) !== 0) return [];
    return [{ path: directory, uid: stats.uid }];
  });
  const isOwn = ({ uid }: RegistryDirectory) => (uid === userId() ? 0 : 1);
  return directories.sort((a, b) => isOwn(a) - isOwn(b));
}

/**
 * The current user's directory, made if need be: everybody may read it, nobody else may write to it.
 * @throws {UserError} `socket-directory`
 */
export function ownRegistryDirectory(bases = BASES): string {
  const reasons: string[] = [];
  for (const directory of ownNames(bases)) {
    const refusal = claimDirectory(directory);
    if (refusal === undefined) return directory;
    reasons.push(`${directory}: ${refusal}`);
  }
  throw new UserError(
    'socket-directory',
    `no directory for the control socket can be made (${reasons[0]}); make ${bases.join(' or ')} writable`,
  );
}

/** The current user's directory, or where it will be. */
export function expectedRegistryDirectory(): string {
  const own = registryDirectories().find(({ uid }) => uid === userId());
  return own?.path ?? path.join(BASES[0] as string, `${PREFIX}${userId()}`);
}

/** The user id of this process; 0 where there are none. */
export function userId(): number {
  return process.getuid?.() ?? 0;
}

function ownNames(bases: readonly string[]): readonly string[] {
  const suffixes = ['', ...Array.from({ length: MAX_NAMES - 1 }, (_, index) => `-${index + 1}`)];
  return bases.flatMap((base) => suffixes.map((suffix) => path.join(base, `${PREFIX}${userId()}${suffix}`)));
}

/** Makes the directory ours; returns why that cannot be done. */
function claimDirectory(directory: string): string | undefined {
  try {
    mkdirSync(directory, { mode: 0o755 });
    // The umask may have taken from others what they need to find the fleets of this user.
    chmodSync(directory, 0o755);
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') return message;
  }
  const stats = lstatSync(directory, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return 'it is no directory';
  if (stats.uid !== userId()) return 'it belongs to another user';
  if ((stats.mode & 0o777) !== 0o755) chmodSync(directory, 0o755);
  return undefined;
}

function namesIn(base: string): readonly string[] {
  try {
    return readdirSync(base).filter((name) => NAME.test(name));
  } catch {
    return [];
  }
}
