import { readlinkSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

/** A log file as it was named, and the files that are meant by that. */
export interface LogIdentity {
  /** Absolute, as named. */
  readonly logFile: string;
  /** The file behind links; two while a fleet moves from one to the other because a link was changed. */
  readonly realPaths: readonly string[];
}

/** How two log files collide: they are the same file, or one is a rotated file of the other. */
export type Collision = 'same-file' | 'rotated-file';

/** Identity of a log file; it need not exist. */
export function logIdentity(logFile: string): LogIdentity {
  const absolute = path.resolve(logFile);
  return { logFile: absolute, realPaths: [realLogFile(absolute)] };
}

/** Whether two fleets that write these would write to the same file; undefined when they would not. */
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

/** The file behind links, also when it does not exist yet. */
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

/** One file may be reached by several paths: through a bind mount, or where case does not matter. */
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
