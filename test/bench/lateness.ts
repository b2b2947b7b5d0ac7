import { open } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** How often the file is looked at, in ms: by so much the lateness may seem longer than it is. */
const LOOK = 5;
/** Of so many lines one is read: to read all would take the time of those who write. */
const EVERY = 20;

export interface Lateness {
  /** Of 99 in 100 lines, in ms. */
  readonly p99: number;
  /** Of all that were read, in ms. */
  readonly max: number;
  /** How often the fleet told that lines were left out. */
  readonly skipped: number;
}

/** Watches for so many ms how long after its own time a line is in the file. */
export async function watchLateness(logFile: string, ms: number): Promise<Lateness> {
  const file = await open(logFile, 'r');
  const late: number[] = [];
  let skipped = 0;
  let position = (await file.stat()).size;
  const end = performance.now() + ms;
  while (performance.now() < end) {
    await delay(LOOK);
    const { size } = await file.stat();
    const now = Date.now();
    const { buffer } = await file.read(Buffer.alloc(size - position), 0, size - position, position);
    position += buffer.lastIndexOf('\n') + 1;
    const lines = buffer.toString('latin1', 0, buffer.lastIndexOf('\n') + 1).split('\n');
    skipped += lines.filter((line) => line.includes('[Supervisor]') && line.includes(' skipped ')).length;
    for (let at = 0; at < lines.length - 1; at += EVERY) {
      const time = Date.parse((lines[at] as string).slice(0, 24));
      if (Number.isFinite(time)) late.push(now - time);
    }
  }
  await file.close();
  late.sort((a, b) => a - b);
  return { p99: late[Math.floor(late.length * 0.99)] ?? Number.NaN, max: late.at(-1) ?? Number.NaN, skipped };
}
