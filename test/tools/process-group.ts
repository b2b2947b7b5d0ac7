import { readdirSync, readFileSync } from 'node:fs';

/** Processes of a group that run still; only where there is /proc. A zombie has ended: its state tells. */
export function runningInGroup(group: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isInGroup(pid, group));
}

function isInGroup(pid: number, group: number): boolean {
  try {
    // Behind the name of the program, which is in brackets and may have any character: state, parent, group.
    const [state, , itsGroup] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(itsGroup) === group && state !== 'Z';
  } catch {
    return false;
  }
}
