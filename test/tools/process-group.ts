import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { procStat } from './proc-stat.ts';

/** How long processes may take to exit after their supervisor has, in ms, on a busy machine. */
const EXIT_TIMEOUT_MS = 10_000;

/** Sends the signal to every process of the group; returns false when the group is empty. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}

/** Ids of the group's running processes. Without /proc: the id of the group, for as long as it has a process. */
export function runningInGroup(group: number): readonly number[] {
  if (!signalGroup(group, 0)) return [];
  if (!existsSync('/proc/self/stat')) return [group];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    const [state, , processGroup] = procStat(pid) ?? [];
    return Number(processGroup) === group && state !== 'Z';
  });
}

/** Ids of the group's processes that have not exited after `timeoutMs`. */
export async function leakedFrom(group: number, timeoutMs = EXIT_TIMEOUT_MS): Promise<readonly number[]> {
  const deadline = Date.now() + timeoutMs;
  let running = runningInGroup(group);
  while (running.length > 0 && Date.now() < deadline) {
    await delay(50);
    running = runningInGroup(group);
  }
  return running;
}
