import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { median, peakMegabytes, timed } from './measure.ts';

/** A program that writes so many lines and ends. */
export interface Runner {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly lines: number;
  /** What it leaves behind. */
  readonly output?: string;
}

export interface RunResult {
  readonly linesPerSecond: number;
  /** Most memory that its main process had, with all its threads, in MB. */
  readonly megabytes: number;
}

/** Runs all in turn, so often, so that all see the same machine; returns the median of each by its name. */
export async function compareRunners(
  runners: readonly Runner[],
  runs: number,
): Promise<ReadonlyMap<string, RunResult>> {
  const finishes = new Map(runners.map(({ name }) => [name, [] as RunResult[]]));
  for (let run = 0; run < runs; run++) {
    for (const runner of runners) finishes.get(runner.name)?.push(await runOnce(runner));
  }
  return new Map(
    [...finishes].map(([name, all]) => [
      name,
      {
        linesPerSecond: median(all.map(({ linesPerSecond }) => linesPerSecond)),
        megabytes: median(all.map(({ megabytes }) => megabytes)),
      },
    ]),
  );
}

async function runOnce({ file, args, lines, output }: Runner): Promise<RunResult> {
  const options: SpawnOptions = { stdio: ['ignore', 'ignore', 'pipe'] };
  let said = '';
  let megabytes = 0;
  const ms = await timed(async () => {
    const child = spawn(file, args, options);
    child.stderr?.on('data', (chunk) => (said += chunk));
    const look = setInterval(() => {
      megabytes = peakMegabytes(child.pid as number) ?? megabytes;
    }, 100);
    const [code] = await once(child, 'exit').finally(() => clearInterval(look));
    if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}: ${said}`);
  });
  if (output !== undefined) rmSync(output, { force: true });
  return { linesPerSecond: (lines * 1000) / ms, megabytes };
}
