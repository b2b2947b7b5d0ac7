import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { parseLine } from '../../shared/record.ts';
import { FleetClient } from '../tools/fleet-client.ts';
import { linkIn } from '../tools/page-client.ts';
import { CLI } from '../tools/run.ts';

/** A fleet that runs for a measurement, in a directory of its own. */
export class MeasuredFleet extends FleetClient {
  /** From the start of the process to the first line on the console of the first, second … service, in ms. */
  readonly firstLinesMs: readonly number[];
  /** Resolves with the link of its control page; never without `--page`. */
  readonly pageLink: Promise<string>;
  readonly #child: ChildProcess;

  private constructor(
    child: ChildProcess,
    logFile: string,
    firstLinesMs: readonly number[],
    pageLink: Promise<string>,
  ) {
    super(logFile);
    this.#child = child;
    this.firstLinesMs = firstLinesMs;
    this.pageLink = pageLink;
  }

  /**
   * Starts a fleet and waits for the first line of so many services.
   * @param args options of `npm start`
   */
  static async start(args: readonly string[], services = 0): Promise<MeasuredFleet> {
    const logFile = join(mkdtempSync(join(tmpdir(), 'demo-logs-bench-')), 'app.log');
    const start = performance.now();
    const child = spawn(process.execPath, [CLI, 'start', '--log-file', logFile, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const pageLink = linkFrom(child);
    const firstLinesMs = services === 0 ? [] : await firstLineTimes(child, services, start);
    child.stdout.resume();
    return new MeasuredFleet(child, logFile, firstLinesMs, pageLink);
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  /** Stops the fleet and removes its directory. */
  async stop(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exited;
    rmSync(dirname(this.logFile), { recursive: true, force: true });
  }
}

/** Prints the rest of what the fleet prints on stderr. */
function linkFrom(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const link = linkIn(text);
      if (link === undefined) process.stderr.write(text);
      else resolve(link);
    });
  });
}

async function firstLineTimes(child: ChildProcess, services: number, start: number): Promise<number[]> {
  const times = new Map<string, number>();
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  for await (const line of lines) {
    const service = parseLine(line)?.service;
    if (service && service !== 'Supervisor' && !times.has(service)) times.set(service, performance.now() - start);
    if (times.size === services) break;
  }
  return [...times.values()];
}
