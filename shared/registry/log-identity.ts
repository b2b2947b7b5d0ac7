import { readlinkSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

/** A log file as it was named, and the files behind that name. */
export interface LogIdentity {
  /** Absolute, as named. */
  readonly logFile: string;
  /** The path with links resolved; two paths while a fleet moves to the new target of a changed link. */
  readonly realPaths: readonly string[];
}

/** How two log files collide: they are the same file, or one is a rotated file of the other. */
export type Collision = 'same-file' | 'rotated-file';

/** Identity of a log file, which need not exist. */
export function logIdentity(logFile: string): LogIdentity {
  const absolute = path.resolve(logFile);
  return { logFile: absolute, realPaths: [realLogFile(absolute)] };
}

/** How two log files collide; undefined if they do not. */
export function collisionOf(a: LogIdentity, b: LogIdentity): Collision | undefined {
  if (a.logFile === b.logFile) return 'same-file';
  for (const one of a.realPaths) {
    for (const other of b.realPaths) {
      if (one === other || isSameFile(one, other)) return 'same-file';
      if (isRotatedFileOf(one, other) || isRotatedFileOf(other, one)) return 'rotated-file';
    }
  }
  return undefined;
}

/** The absolute path with links resolved, also for a file that does not exist yet. */
export function realLogFile(file: string): string {
  try {
    return realpathSync.native(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return file;
  }
  try {
    return realLogFile(path.resolve(path.dirname(file), readlinkSync(file)));
  } catch {
    return inRealDirectory(file);
  }
}

/** `app.log.3` of `app.log`. */
function isRotatedFileOf(file: string, log: string): boolean {
  return file.startsWith(`${log}.`) && /^\d+$/.test(file.slice(log.length + 1));
}

/** One file may have several real paths: through a bind mount, or on a case-insensitive file system. */
function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((file) => statOf(file));
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

function statOf(file: string) {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function inRealDirectory(file: string): string {
  try {
    return path.join(realpathSync.native(path.dirname(file)), path.basename(file));
  } catch {
    return file;
  }
}
