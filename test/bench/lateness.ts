import { open } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** Interval at which the file is read, in ms, by which lateness may be overstated. */
const POLL_INTERVAL_MS = 5;

/** One line in so many is parsed: parsing all of them would take time from the writers. */
const SAMPLE_INTERVAL = 20;

/** How long after its time stamp a line is in the file. */
export interface Lateness {
  /** 99th percentile, in ms. */
  readonly p99: number;
  /** Maximum, in ms. */
  readonly max: number;
  /** How often the fleet reported dropped lines. */
  readonly gaps: number;
}

/** Watches a log file for so many ms. */
export async function watchLateness(logFile: string, ms: number): Promise<Lateness> {
  const file = await open(logFile, 'r');
  const samples: number[] = [];
  let gaps = 0;
  let position = (await file.stat()).size;
  const end = performance.now() + ms;
  while (performance.now() < end) {
    await delay(POLL_INTERVAL_MS);
    const { size } = await file.stat();
    const now = Date.now();
    const { buffer } = await file.read(Buffer.alloc(size - position), 0, size - position, position);
    const length = buffer.lastIndexOf('\n') + 1;
    position += length;
    const lines = buffer.toString('latin1', 0, length).split('\n');
    gaps += lines.filter((line) => line.includes('[Supervisor]') && line.includes(' skipped ')).length;
    for (let at = 0; at < lines.length - 1; at += SAMPLE_INTERVAL) {
      const time = Date.parse((lines[at] as string).slice(0, 24));
      if (Number.isFinite(time)) samples.push(now - time);
    }
  }
  await file.close();
  samples.sort((a, b) => a - b);
  return { p99: samples[Math.floor(samples.length * 0.99)] ?? Number.NaN, max: samples.at(-1) ?? Number.NaN, gaps };
}
