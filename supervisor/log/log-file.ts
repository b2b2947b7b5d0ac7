import { type Stats, statSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { whyNotWritable } from '../../shared/disk-errors.ts';
import { UserError } from '../../shared/errors.ts';

/** As much of an open file as the sink needs: where tests put their faults. */
export interface LogFile {
  /** Appends from `offset` on; returns the offset to go on from. */
  append(bytes: Buffer, offset: number): Promise<number>;
  close(): Promise<void>;
}

/** What has become of an open file. */
interface Standing {
  readonly size: number;
  /** Whether its path still leads to it; if not, whether it is still somewhere. */
  readonly place: 'here' | 'moved' | 'removed';
}

export interface PlacedFile extends LogFile {
  /** Undefined for what is no regular file: a device, a pipe. */
  look(): Promise<Standing | undefined>;
}

/**
 * Opens a log file to append to it. When its last line has no newline (who wrote it was cut off), it gets one, so that
 * the next line starts on its own.
 */
export async function openLogFile(path: string): Promise<PlacedFile> {
  const handle = await open(path, 'a+', 0o644);
  try {
    if (await isTorn(handle)) await handle.write('\n');
  } catch (error) {
    await handle.close();
    throw error;
  }
  return {
    append: async (bytes, offset) => offset + (await handle.write(bytes, offset)).bytesWritten,
    look: async () => {
      // The path first: what is removed between the two then shows in the number of its names.
      const found = await whatIsAt(path);
      const stats = await handle.stat();
      return stats.isFile() ? { size: stats.size, place: placeOf(found, stats) } : undefined;
    },
    close: () => handle.close(),
  };
}

/**
 * The past can only be written to a log file that has nothing in it.
 * @throws {UserError} `bad-option`
 */
export function checkEmpty(path: string): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  const advice = 'move it away or give another --log-file';
  throw new UserError(
    'bad-option',
    `--backfill: ${path} holds lines already, the past would come after them; ${advice}`,
  );
}

async function isTorn(handle: FileHandle): Promise<boolean> {
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

function placeOf(found: Found, { dev, ino, nlink }: Stats): Standing['place'] {
  // That we may not look says nothing of the file.
  if (found === 'unknown') return 'here';
  if (found !== 'nothing' && found.ino === ino && found.dev === dev) return 'here';
  return nlink === 0 ? 'removed' : 'moved';
}

/** What to tell the user of a log file that cannot be opened. */
export function explainLogFileError(path: string, error: unknown): UserError {
  return new UserError(
    'log-file',
    `--log-file: ${path} cannot be written: ${whyNotWritable(error)}; mend that or give another file`,
  );
}
