import { constants, renameSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { UserError } from '../../../shared/errors.ts';
import { describeFsError } from '../../../shared/fs-errors.ts';
import { realLogFile } from '../../../shared/registry/log-identity.ts';

/** What the sink needs of an open file: tests inject their faults here. */
export interface LogFile {
  /** Appends from `offset` on; returns the offset to continue from, which is the same when there is no room for now. */
  append(bytes: Buffer, offset: number): Promise<number>;
  /** Truncates a regular file by so many bytes; returns false for anything else. */
  dropTail(bytes: number): Promise<boolean>;
  close(): Promise<void>;
}

interface FileStatus {
  /** In bytes. */
  readonly size: number;
  /** Whether its path still leads to the file; if not, whether the file has another path. */
  readonly place: 'here' | 'moved' | 'removed';
}

/** An open file that can be moved or removed by another program. */
export interface TrackedFile extends LogFile {
  /** Undefined for a device or a pipe. */
  status(): Promise<FileStatus | undefined>;
}

/**
 * Non-blocking for a pipe without a reader: a write that waits for room in the thread pool would keep this process from
 * exiting. For a regular file it makes no difference.
 */
const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

/**
 * Opens a log file to append to it. If its last line has no newline, because its writer was killed, it gets one.
 * @param link a symbolic link to `path`; the file counts as moved when the link leads elsewhere
 * @throws {UserError} `log-file` for a file with several hard links, of which a rotation would rename only one
 * @throws any error of `node:fs`
 */
export async function openLogFile(path: string, link: string = path): Promise<TrackedFile> {
  const handle = await open(path, FLAGS, 0o644);
  try {
    checkSingleName(path, await handle.stat());
    if (await endsMidLine(handle)) await handle.write('\n');
  } catch (error) {
    await handle.close();
    throw error;
  }
  return {
    append: async (bytes, offset) => offset + (await writeSome(handle, bytes, offset)),
    dropTail: async (bytes) => {
      const stats = await handle.stat();
      if (stats.isFile()) await handle.truncate(Math.max(0, stats.size - bytes));
      return stats.isFile();
    },
    status: () => statusOf(handle, link),
    close: () => handle.close(),
  };
}

async function writeSome(handle: FileHandle, bytes: Buffer, offset: number): Promise<number> {
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
 * A backfill can only be written to a log file that is empty or does not exist.
 * @throws {UserError} `bad-option` for any other
 */
export function checkEmpty(path: string): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  const advice = 'add --fresh to move it aside first, or use another --log-file';
  throw new UserError('bad-option', `--backfill: ${path} already has lines, and older ones would follow; ${advice}`);
}

/**
 * Renames a log file that is not empty, so that a new one can be started.
 * @returns its new path; undefined when there was nothing to rename
 * @throws any error of `node:fs`
 */
export function moveAside(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile() || stats.size === 0) return undefined;
  const real = realLogFile(path);
  const newPath = `${real}.before-${new Date().toISOString().replaceAll(':', '-')}`;
  renameSync(real, newPath);
  return newPath;
}

/** The error for the user when the log file cannot be opened. */
export function explainLogFileError(path: string, error: unknown): UserError {
  const reason = describeFsError(error);
  return new UserError('log-file', `--log-file: ${path} cannot be written: ${reason}; fix that or use another file`);
}

async function endsMidLine(handle: FileHandle): Promise<boolean> {
  const stats = await handle.stat();
  if (!stats.isFile() || stats.size === 0) return false;
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, stats.size - 1);
  return bytesRead === 1 && buffer[0] !== 0x0a;
}

async function statusOf(handle: FileHandle, link: string): Promise<FileStatus | undefined> {
  // The path first: if the file is removed between the two calls, its number of links shows it.
  const found = await stat(link).catch((error: NodeJS.ErrnoException) => error);
  const stats = await handle.stat();
  if (!stats.isFile()) return undefined;
  // Any other error says nothing about the file.
  const isHere = found instanceof Error ? found.code !== 'ENOENT' : found.ino === stats.ino && found.dev === stats.dev;
  return { size: stats.size, place: isHere ? 'here' : stats.nlink === 0 ? 'removed' : 'moved' };
}
