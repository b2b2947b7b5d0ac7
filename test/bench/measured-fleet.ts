import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { parseLine } from '../../shared/record.ts';
import { CLI } from '../tools/spawn-cli.ts';

/** A fleet that runs for a measurement, in a directory of its own. */
export interface FleetUnderTest {
  readonly pid: number;
  readonly logFile: string;
  /** From the start of the process to the first line of the first, second … service, in ms. */
  readonly firstLines: readonly number[];
  stop(): Promise<void>;
}

/** Starts a fleet and waits until each of `services` services has shown a line. */
export async function startFleet(args: readonly string[], services: number): Promise<FleetUnderTest> {
  const directory = mkdtempSync(join(tmpdir(), 'demo-logs-bench-'));
  const logFile = join(directory, 'app.log');
  const start = performance.now();
  const child = spawn(process.execPath, [CLI, 'start', '--log-file', logFile, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const firstLines = services === 0 ? [] : await firstLineTimes(child, services, start);
  child.stdout?.resume();
  return {
    pid: child.pid as number,
    logFile,
    firstLines,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function firstLineTimes(child: ChildProcess, services: number, start: number): Promise<number[]> {
  const seen = new Map<string, number>();
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  for await (const line of lines) {
    const service = parseLine(line)?.service;
    if (service && service !== 'Supervisor' && !seen.has(service)) seen.set(service, performance.now() - start);
    if (seen.size === services) break;
  }
  return [...seen.values()];
}
