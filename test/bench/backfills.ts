import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLI } from '../tools/run.ts';
import { compareRunners, type Runner, type RunnerResult } from './compare-runners.ts';
import { loggen } from './loggen.ts';
import { type BenchRow, type BenchSettings, formatRate } from './row.ts';

const BASELINE = fileURLToPath(new URL('./baseline.js', import.meta.url));

/** Enough to make the start of a process negligible. */
const LINES = 6_000_000;

/** Name of the runner to which the others are compared. */
const UNIT = 'Y: one thread formats one line and writes it';

/** Measures backfills next to what the machine can do at best, and to another generator. */
export async function measureBackfills(settings: BenchSettings): Promise<readonly BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'demo-logs-bench-'));
  try {
    return [...(await compareToBaseline(directory, settings)), ...(await measureByLineCount(settings))];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function compareToBaseline(directory: string, { runs }: BenchSettings): Promise<readonly BenchRow[]> {
  const file = join(directory, 'out.log');
  const cores = availableParallelism();
  const competitor = await loggen(directory);
  const runners: readonly Runner[] = [
    baseline(UNIT, 'formatted', file),
    baseline('W: the same lines, formatted in advance', 'prebuilt', file),
    ...(competitor ? [competitor] : []),
    backfill(`backfill to a file, ${cores} workers`, file, LINES),
    backfill('backfill to a file, 1 worker', file, LINES, '--workers', '1'),
    backfill('backfill to /dev/null', '/dev/null', LINES),
    backfill('backfill to a .gz file', `${file}.gz`, LINES / 6),
  ];
  const results = await compareRunners(runners, runs);
  const unit = results.get(UNIT) as RunnerResult;
  return runners.map(({ name }) => {
    const { linesPerSecond } = results.get(name) as RunnerResult;
    const comparison = `${(linesPerSecond / unit.linesPerSecond).toFixed(2)} Y`;
    return { what: name, figure: formatRate(linesPerSecond), comparison };
  });
}

/** The cost of a line must not depend on the number of lines. */
async function measureByLineCount({ isLong }: BenchSettings): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const millions of isLong ? [1, 10, 100] : [1, 10]) {
    const name = `backfill of ${millions} million lines to /dev/null`;
    const results = await compareRunners([backfill(name, '/dev/null', millions * 1_000_000)], 1);
    const { linesPerSecond, megabytes } = results.get(name) as RunnerResult;
    rows.push({ what: name, figure: `${formatRate(linesPerSecond)}, at most ${megabytes.toFixed(0)} MB` });
  }
  return rows;
}

function baseline(name: string, mode: 'formatted' | 'prebuilt', output: string): Runner {
  return { name, file: process.execPath, args: [BASELINE, mode, output, String(LINES)], lines: LINES, output };
}

function backfill(name: string, output: string, lines: number, ...options: readonly string[]): Runner {
  const range = ['--from', '2026-01-01T00:00:00Z', '--lines', String(lines)];
  const args = [CLI, 'backfill', ...range, '--output', output, ...options];
  return { name, file: process.execPath, args, lines, ...(output === '/dev/null' ? {} : { output }) };
}
