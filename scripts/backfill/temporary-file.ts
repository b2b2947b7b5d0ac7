import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, openSync, readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { isAlive } from '../../shared/registry/process-id.ts';

/** Bytes of the output's name in that of its temporary file; the rest takes up to 90 of the 255 that there may be. */
const MAX_STEM_BYTES = 165;

/** Characters of a name that is longer, each of up to four bytes; a hash follows them. */
const SHORTENED = 39;

/** What follows the output's name: host, pid and a random number. */
const REST = /^\.([A-Za-z0-9_-]{1,63})-([1-9]\d{0,8})-[0-9a-f]{8}\.part$/;

/** Nothing was written for so long, in ms, to the file of a backfill on another machine: it was killed. */
const ABANDONED_AFTER_MS = 3_600_000;

/** A file that one backfill writes until it is whole. */
export interface TemporaryFile {
  readonly path: string;
  readonly fd: number;
}

/** A temporary file of some backfill to the same output. */
interface Found {
  readonly path: string;
  readonly host: string;
  readonly pid: number;
}

/**
 * Creates a file beside the output that no other backfill writes to, on whatever machine.
 * @param output absolute path
 * @param mode its permissions, before the umask
 * @param random eight hexadecimal digits
 * @throws what opening it throws: EEXIST when anything has its name, also a link
 */
export function createTemporaryFile(
  output: string,
  mode: number,
  random: string = randomBytes(4).toString('hex'),
): TemporaryFile {
  const file = path.join(path.dirname(output), `${stemOf(output)}.${hostName()}-${process.pid}-${random}.part`);
  return { path: file, fd: openSync(file, 'wx', mode) };
}

/** The pid of another backfill on this machine that is writing the same output; undefined when there is none. */
export function pidOfOther(output: string): number | undefined {
  return temporaryFilesOf(output).find((found) => isOfThisHost(found) && isWritten(found))?.pid;
}

/** Removes what backfills to the same output that were killed have left. */
export function removeLeftovers(output: string): void {
  for (const found of temporaryFilesOf(output)) {
    if (!isWritten(found)) removeIfPossible(found.path);
  }
}

/** Removes a file that is no longer of use, which is no reason to fail when it cannot be removed. */
export function removeIfPossible(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It may belong to somebody else.
  }
}

/** Whether somebody may be writing it still. A file with our own pid was left by a process that had it before us. */
function isWritten(found: Found): boolean {
  if (isOfThisHost(found)) return found.pid !== process.pid && isAlive({ pid: found.pid });
  try {
    return Date.now() - lstatSync(found.path).mtimeMs < ABANDONED_AFTER_MS;
  } catch {
    // Nothing is known of it, or it is gone.
    return true;
  }
}

function isOfThisHost({ host }: Found): boolean {
  return host === hostName();
}

/** Temporary files of the output; none when the directory cannot be listed. */
function temporaryFilesOf(output: string): readonly Found[] {
  const directory = path.dirname(output);
  const stem = stemOf(output);
  return entriesOf(directory).flatMap((entry) => {
    const [, host, pid] = (entry.name.startsWith(stem) && REST.exec(entry.name.slice(stem.length))) || [];
    if (host === undefined || !entry.isFile()) return [];
    return [{ path: path.join(directory, entry.name), host, pid: Number(pid) }];
  });
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The output's name, of which a long one is shortened: the same on every machine. */
function stemOf(output: string): string {
  const name = path.basename(output);
  if (Buffer.byteLength(name) <= MAX_STEM_BYTES) return name;
  const beginning = [...name].slice(0, SHORTENED).join('');
  return `${beginning}~${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

function hostName(): string {
  return (
    hostname()
      .replace(/[^A-Za-z0-9-]/g, '_')
      .slice(0, 63) || 'host'
  );
}
