import { readFileSync } from 'node:fs';

/**
 * Fields of `/proc/PID/stat` from the third on: state, parent, process group …, see proc(5). Undefined when the process
 * has exited or the system has no /proc.
 */
export function procStat(pid: number): readonly string[] | undefined {
  try {
    // The second field is the name of the program, in brackets, and may contain spaces and brackets.
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return undefined;
  }
}
