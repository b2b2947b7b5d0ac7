import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** How long processes have to leave once their supervisor is gone, in ms, on a machine that has much else to do. */
const LEAVE_WITHIN = 10_000;

/** Those processes of a group that have not left in time. */
export async function leakedFrom(group: number, withinMs = LEAVE_WITHIN): Promise<readonly number[]> {
  const until = Date.now() + withinMs;
  let left = membersOf(group);
  while (left.length > 0 && Date.now() < until) {
    await delay(50);
    left = membersOf(group);
  }
  return left;
}

export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    // Nobody is in it any more.
    return false;
  }
}

/** Processes of the group that run; without /proc the group itself stands for them. */
function membersOf(group: number): readonly number[] {
  if (!signalGroup(group, 0)) return [];
  if (!existsSync('/proc/self/stat')) return [group];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => runsIn(group, pid));
}

/** A zombie has ended: its state tells. */
function runsIn(group: number, pid: number): boolean {
  try {
    // Behind the name of the program, which is in brackets and may have any character: state, parent, group.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');
    const [state, , itsGroup] = stat.split(' ');
    return Number(itsGroup) === group && state !== 'Z';
  } catch {
    return false;
  }
}
