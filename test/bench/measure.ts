import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { procStat } from '../tools/proc-stat.ts';

/** The median, which single slow runs do not affect; NaN of no figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Wall time of an asynchronous action, in ms. */
export async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** Resident memory of a process, in MB; undefined where the system has no /proc. */
export function residentMegabytes(pid: number): number | undefined {
  return megabytes(/^VmRSS:\s+(\d+) kB/m, pid);
}

/** Peak resident memory of a process so far, in MB; undefined where the system has no /proc. */
export function peakMegabytes(pid: number): number | undefined {
  return megabytes(/^VmHWM:\s+(\d+) kB/m, pid);
}

function megabytes(line: RegExp, pid: number): number | undefined {
  const kilobytes = line.exec(readStatus(pid))?.[1];
  return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6;
}

/** CPU time used by a process, in ms; undefined where the system has no /proc. */
export function cpuMilliseconds(pid: number): number | undefined {
  const fields = procStat(pid);
  // utime and stime, fields 14 and 15 of proc(5), in ticks of 10 ms.
  return fields && (Number(fields[11]) + Number(fields[12])) * 10;
}

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
