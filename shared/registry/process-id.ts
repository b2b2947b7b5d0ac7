import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Identifies a process, also after its pid has been reused. */
export interface ProcessId {
  readonly pid: number;
  /** Its start time, in the system's own form; undefined if the system does not report it. */
  readonly startedAt?: string | undefined;
}

const HAS_PROC = existsSync('/proc/self/stat');

/** The identity of this process. */
export function ownProcessId(): ProcessId {
  return { pid: process.pid, startedAt: startOf(process.pid) };
}

/**
 * True while that process runs, whichever user it belongs to. A zombie does not count: in a container without an init
 * process it is never reaped.
 */
export function isAlive({ pid, startedAt }: ProcessId): boolean {
  if (!exists(pid)) return false;
  const start = startOf(pid);
  // Some systems hide the processes of other users; then only the pid is known.
  return start === undefined ? !isZombie(pid) : startedAt === undefined || start === startedAt;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function startOf(pid: number): string | undefined {
  if (!HAS_PROC) return startByPs(pid);
  const [state, ...fields] = statOf(pid);
  // Field 22 of /proc/PID/stat, in clock ticks since the system booted: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  return state === undefined || state === 'Z' || state === 'X' ? undefined : fields[18];
}

function isZombie(pid: number): boolean {
  return HAS_PROC && ['Z', 'X'].includes(statOf(pid)[0] ?? '');
}

/** The fields of /proc/PID/stat from the third on, after the program's name, which may contain any character. */
function statOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .trimEnd()
      .split(' ');
  } catch {
    return [];
  }
}

function startByPs(pid: number): string | undefined {
  try {
    const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, stdio: 'pipe' } as const;
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], options).trim() || undefined;
  } catch {
    return undefined;
  }
}
