import { type FileHandle, open } from 'node:fs/promises';
import { UserError } from '../../shared/errors.ts';

/** As much of an open file as the sink needs: where tests put their faults. */
export interface LogFile {
  /** Appends from `offset` on; returns how many bytes it took. */
  append(bytes: Buffer, offset: number): Promise<number>;
  close(): Promise<void>;
}

/**
 * Opens a log file to append to it. When its last line has no newline (who wrote it was cut off), it gets one, so that
 * the next line starts on its own.
 */
export async function openLogFile(path: string): Promise<LogFile> {
  const handle = await open(path, 'a+', 0o644);
  try {
    if (await isTorn(handle)) await handle.write('\n');
  } catch (error) {
    await handle.close();
    throw error;
  }
  return {
    append: async (bytes, offset) => (await handle.write(bytes, offset)).bytesWritten,
    close: () => handle.close(),
  };
}

async function isTorn(handle: FileHandle): Promise<boolean> {
  const stats = await handle.stat();
  if (!stats.isFile() || stats.size === 0) return false;
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, stats.size - 1);
  return bytesRead === 1 && buffer[0] !== 0x0a;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its directory does not exist',
  ENOTDIR: 'its directory is a file',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
};

/** What to tell the user of a log file that cannot be opened. */
export function explainLogFileError(path: string, { code, message }: NodeJS.ErrnoException): UserError {
  const why = REASONS[code ?? ''] ?? message;
  return new UserError('log-file', `--log-file: ${path} cannot be written: ${why}; mend that or give another file`);
}
