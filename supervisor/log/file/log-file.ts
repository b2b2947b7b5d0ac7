import { constants, renameSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { UserError } from '../../../shared/errors.ts';
import { describeFsError } from '../../../shared/fs-errors.ts';
import { realLogFile } from '../../../shared/registry/log-identity.ts';

/** As much of an open file as the sink needs: where tests put their faults. */
export interface LogFile {
  /** Appends from `offset` on; returns the offset to go on from: the same one when there is no room at present. */
  append(bytes: Buffer, offset: number): Promise<number>;
  /** Takes the last bytes off a regular file again; false for anything else. */
  dropTail(bytes: number): Promise<boolean>;
  close(): Promise<void>;
}

/** What has become of an open file. */
interface FileStatus {
  readonly size: number;
  /** Whether its path still leads to it; if not, whether it is still somewhere. */
  readonly place: 'here' | 'moved' | 'removed';
}

export interface TrackedFile extends LogFile {
  /** Undefined for what is no regular file: a device, a pipe. */
  status(): Promise<FileStatus | undefined>;
}

/**
 * A pipe that nobody empties answers that it is full. A write that waited for room in the thread pool would keep this
 * process from ever ending. For a regular file it changes nothing.
 */
const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

/**
 * Opens a log file to append to it. When its last line has no newline (who wrote it was cut off), it gets one, so that
 * the next line starts on its own.
 * @param name by which it is known, when that is a link: whether the link leads to it still is what its place tells
 * @throws {UserError} `log-file` for a file with several names, of which a rotation would move only one
 */
export async function openLogFile(path: string, name: string = path): Promise<TrackedFile> {
  const handle = await open(path, FLAGS, 0o644);
  try {
    checkSingleName(path, await handle.stat());
    if (await endsMidLine(handle)) await handle.write('\n');
  } catch (error) {
    await handle.close();
    throw error;
  }
  return {
    append: async (bytes, offset) => offset + (await writeWhatFits(handle, bytes, offset)),
    dropTail: async (bytes) => {
      const stats = await handle.stat();
      if (stats.isFile()) await handle.truncate(Math.max(0, stats.size - bytes));
      return stats.isFile();
    },
    status: async () => {
      // The path first: what is removed between the two then shows in the number of its names.
      const found = await whatIsAt(name);
      const stats = await handle.stat();
      return stats.isFile() ? { size: stats.size, place: placeOf(found, stats) } : undefined;
    },
    close: () => handle.close(),
  };
}

async function writeWhatFits(handle: FileHandle, bytes: Buffer, offset: number): Promise<number> {
  try {
    return (await handle.write(bytes, offset)).bytesWritten;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}

function checkSingleName(path: string, stats: Stats): void {
  if (!stats.isFile() || stats.nlink < 2) return;
  throw new UserError(
    'log-file',
    `--log-file: ${path} has ${stats.nlink} names (hard links); remove the others or use another file`,
  );
}

/**
 * The past can only be written to a log file that has nothing in it.
 * @throws {UserError} `bad-option`
 */
export function checkEmpty(path: string): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  const advice = 'add --fresh to move it aside first, or use another --log-file';
  throw new UserError('bad-option', `--backfill: ${path} already has lines, and older ones would follow; ${advice}`);
}

/**
 * Gives a log file that has lines in it another name, so that a new one can begin.
 * @returns that name; undefined when there was nothing to move
 */
export function moveAside(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile() || stats.size === 0) return undefined;
  const real = realLogFile(path);
  const name = `${real}.before-${new Date().toISOString().replaceAll(':', '-')}`;
  renameSync(real, name);
  return name;
}

async function endsMidLine(handle: FileHandle): Promise<boolean> {
  const stats = await handle.stat();
  if (!stats.isFile() || stats.size === 0) return false;
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, stats.size - 1);
  return bytesRead === 1 && buffer[0] !== 0x0a;
}

type Found = Pick<Stats, 'dev' | 'ino'> | 'nothing' | 'unknown';

async function whatIsAt(path: string): Promise<Found> {
  try {
    return await stat(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'nothing' : 'unknown';
  }
}

function placeOf(found: Found, { dev, ino, nlink }: Stats): FileStatus['place'] {
  // That we may not look says nothing of the file.
  if (found === 'unknown') return 'here';
  if (found !== 'nothing' && found.ino === ino && found.dev === dev) return 'here';
  return nlink === 0 ? 'removed' : 'moved';
}

/** What to tell the user of a log file that cannot be opened. */
export function explainLogFileError(path: string, error: unknown): UserError {
  return new UserError(
    'log-file',
    `--log-file: ${path} cannot be written: ${describeFsError(error)}; fix that or use another file`,
  );
}
