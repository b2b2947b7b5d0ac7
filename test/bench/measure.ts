import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** The middle one of several figures: machines are noisy. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Wall time of an asynchronous act, in ms. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

/** Resident memory of a process, in MB; undefined where the system has no /proc. */
export function residentMegabytes(pid: number): number | undefined {
  return megabytes(/^VmRSS:\s+(\d+) kB/m, pid);
}

/** The most that it has had so far. */
export function peakMegabytes(pid: number): number | undefined {
  return megabytes(/^VmHWM:\s+(\d+) kB/m, pid);
}

function megabytes(line: RegExp, pid: number): number | undefined {
  const kilobytes = line.exec(read(`/proc/${pid}/status`))?.[1];
  return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6;
}

/** CPU time that a process has used, in ms; undefined where the system has no /proc. */
export function cpuMilliseconds(pid: number): number | undefined {
  // The name, second and in brackets, may hold spaces: count from behind it. Fields 14 and 15, in ticks of 10 ms.
  const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) * 10;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
