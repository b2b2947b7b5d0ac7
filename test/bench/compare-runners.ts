import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { median, peakMegabytes, timed } from './measure.ts';

/** A program that writes so many lines and exits. */
export interface Runner {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly lines: number;
  /** A file that it writes, removed after each run. */
  readonly output?: string;
}

export interface RunnerResult {
  readonly linesPerSecond: number;
  /** Peak memory of the main process with all its threads, in MB. */
  readonly megabytes: number;
}

/**
 * Runs all programs in turn, so that they see the same machine, and repeats that. Returns the medians by name.
 * @throws when a program exits with another status than 0
 */
export async function compareRunners(
  runners: readonly Runner[],
  runs: number,
): Promise<ReadonlyMap<string, RunnerResult>> {
  const results = new Map(runners.map(({ name }) => [name, [] as RunnerResult[]]));
  for (let run = 0; run < runs; run++) {
    for (const runner of runners) results.get(runner.name)?.push(await runOnce(runner));
  }
  return new Map(
    [...results].map(([name, all]) => [
      name,
      {
        linesPerSecond: median(all.map(({ linesPerSecond }) => linesPerSecond)),
        megabytes: median(all.map(({ megabytes }) => megabytes)),
      },
    ]),
  );
}

async function runOnce({ file, args, lines, output }: Runner): Promise<RunnerResult> {
  const options: SpawnOptions = { stdio: ['ignore', 'ignore', 'pipe'] };
  let stderr = '';
  let megabytes = 0;
  const ms = await timed(async () => {
    const child = spawn(file, args, options);
    child.stderr?.on('data', (chunk) => (stderr += chunk));
    const sampling = setInterval(() => {
      megabytes = peakMegabytes(child.pid as number) ?? megabytes;
    }, 100);
    const [status] = await once(child, 'exit').finally(() => clearInterval(sampling));
    if (status !== 0) throw new Error(`${file} ${args.join(' ')} exited with ${status}: ${stderr}`);
  });
  if (output !== undefined) rmSync(output, { force: true });
  return { linesPerSecond: (lines * 1000) / ms, megabytes };
}
