import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, openSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { listDirectory } from '../../shared/list-directory.ts';
import { isAlive } from '../../shared/registry/process-id.ts';

/** Bytes of the output's name in the temporary file's; the rest takes up to 90 of the 255 that are allowed. */
const MAX_STEM_BYTES = 165;

/** Characters kept of a longer name, each of up to four bytes; a hash follows them. */
const SHORTENED_LENGTH = 39;

/** What follows the output's name: host, pid and a random number. */
const SUFFIX = /^\.([A-Za-z0-9_-]{1,63})-([1-9]\d{0,8})-[0-9a-f]{8}\.part$/;

/** A backfill on another machine that has not written for this long, in ms, was killed. */
const ABANDONED_AFTER_MS = 3_600_000;

/** A file that one backfill writes until it is complete. */
export interface TemporaryFile {
  readonly path: string;
  readonly fd: number;
}

/** The temporary file of any backfill to the same output. */
interface FoundFile {
  readonly path: string;
  readonly host: string;
  readonly pid: number;
}

/**
 * Creates a file beside the output that no other backfill writes to, on any machine.
 * @param output absolute path
 * @param mode its permissions, before the umask
 * @param random eight hexadecimal digits
 * @throws the error of the file system: EEXIST if anything has its name, even a link
 */
export function createTemporaryFile(
  output: string,
  mode: number,
  random: string = randomBytes(4).toString('hex'),
): TemporaryFile {
  const file = path.join(path.dirname(output), `${stemOf(output)}.${hostName()}-${process.pid}-${random}.part`);
  return { path: file, fd: openSync(file, 'wx', mode) };
}

/** The pid of another backfill on this machine that is writing the same output; undefined if there is none. */
export function pidOfOther(output: string): number | undefined {
  return temporaryFilesOf(output).find((found) => isOfThisHost(found) && isInUse(found))?.pid;
}

/** Removes the temporary files of killed backfills to the same output. */
export function removeLeftovers(output: string): void {
  for (const found of temporaryFilesOf(output)) {
    if (!isInUse(found)) removeIfPossible(found.path);
  }
}

/** Removes a file that is no longer needed; ignores errors. */
export function removeIfPossible(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It may belong to another user.
  }
}

/** Whether a process may still be writing it. A file with our own pid was left by an earlier process with that pid. */
function isInUse(found: FoundFile): boolean {
  if (isOfThisHost(found)) return found.pid !== process.pid && isAlive({ pid: found.pid });
  try {
    return Date.now() - lstatSync(found.path).mtimeMs < ABANDONED_AFTER_MS;
  } catch {
    // It cannot be examined, or was removed.
    return true;
  }
}

function isOfThisHost({ host }: FoundFile): boolean {
  return host === hostName();
}

/** Temporary files of the output; none if the directory cannot be listed. */
function temporaryFilesOf(output: string): readonly FoundFile[] {
  const directory = path.dirname(output);
  const stem = stemOf(output);
  return listDirectory(directory).flatMap((entry) => {
    const { name } = entry;
    const [, host, pid] = (name.startsWith(stem) && SUFFIX.exec(name.slice(stem.length))) || [];
    // A symbolic link is not one of ours.
    return host === undefined || !entry.isFile() ? [] : [{ path: path.join(directory, name), host, pid: Number(pid) }];
  });
}

/** The output's name, shortened if it is long, in the same way on every machine. */
function stemOf(output: string): string {
  const name = path.basename(output);
  if (Buffer.byteLength(name) <= MAX_STEM_BYTES) return name;
  const beginning = [...name].slice(0, SHORTENED_LENGTH).join('');
  return `${beginning}~${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

function hostName(): string {
  return (
    hostname()
      .replace(/[^A-Za-z0-9-]/g, '_')
      .slice(0, 63) || 'host'
  );
}
