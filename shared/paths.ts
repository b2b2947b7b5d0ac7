import { createHash } from 'node:crypto';
import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFAULTS } from './defaults.ts';
import { UserError } from './errors.ts';

/**
 * The longest socket path that is used, in bytes: the kernel takes 107 on Linux and 103 on macOS, and the lock
 * binds under a longer name first.
 */
const LONGEST = 90;

/** Absolute path of the log file, as given or the default in the working directory. */
export function resolveLogFile(logFile: string = DEFAULTS.logFile): string {
  return path.resolve(logFile);
}

/** Path of the control socket of the fleet that writes `logFile`: the same by whatever way the file is named. */
export function controlSocketPath(logFile: string): string {
  const id = createHash('sha256')
    .update(realLogFile(resolveLogFile(logFile)))
    .digest('hex')
    .slice(0, 16);
  const candidates = [process.env.XDG_RUNTIME_DIR, tmpdir(), '/tmp'];
  const sockets = candidates.filter(isUsableBase).map((base) => path.join(base, `demo-logs-${userId()}`, `${id}.sock`));
  return sockets.find((socket) => Buffer.byteLength(socket) <= LONGEST) ?? `/tmp/demo-logs-${userId()}/${id}.sock`;
}

/**
 * Makes sure that nobody else can put a socket into the directory.
 * @throws {UserError} `socket-directory`; ENOENT as it comes
 */
export function checkSocketDirectory(directory: string): void {
  const stats = lstatSync(directory);
  if (stats.isDirectory() && stats.uid === userId() && (stats.mode & 0o077) === 0) return;
  throw new UserError(
    'socket-directory',
    `${directory}: not a directory that only you can open, so no control socket can be kept there; remove it`,
  );
}

/** The file behind links, also when it does not exist yet. */
export function realLogFile(file: string): string {
  try {
    return realpathSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return file;
  }
  try {
    return realLogFile(path.resolve(path.dirname(file), readlinkSync(file)));
  } catch {
    return inRealDirectory(file);
  }
}

function inRealDirectory(file: string): string {
  try {
    return path.join(realpathSync(path.dirname(file)), path.basename(file));
  } catch {
    return file;
  }
}

function isUsableBase(directory: string | undefined): directory is string {
  if (!directory || !path.isAbsolute(directory)) return false;
  return statSync(directory, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function userId(): number {
  return process.getuid?.() ?? 0;
}
