import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLI } from '../tools/spawn-cli.ts';
import { compareRunners, type Runner, type RunResult } from './compare-runners.ts';
import { competitors } from './competitors.ts';
import { type BenchSettings, type Row, speed } from './row.ts';

const YARDSTICK = fileURLToPath(new URL('./baseline.js', import.meta.url));

/** So many that the start of the process does not count. */
const LINES = 6_000_000;
const FORMATTED = 'Y: one thread formats one line and writes it';

/** Backfills next to what the machine can do at best and to what others do. */
export async function backfills(settings: BenchSettings): Promise<readonly Row[]> {
  const directory = mkdtempSync(join(tmpdir(), 'demo-logs-bench-'));
  try {
    return [...(await compared(directory, settings)), ...(await growth(settings))];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function compared(directory: string, { runs }: BenchSettings): Promise<readonly Row[]> {
  const file = join(directory, 'out.log');
  const cores = availableParallelism();
  const runners: readonly Runner[] = [
    yardstick(FORMATTED, 'formatted', file),
    yardstick('W: the same, made before and only written', 'prebuilt', file),
    ...(await competitors(directory)),
    backfill(`backfill to a file, ${cores} workers`, file, LINES),
    backfill('backfill to a file, 1 worker', file, LINES, '--workers', '1'),
    backfill('backfill to /dev/null', '/dev/null', LINES),
    backfill('backfill to a .gz file', `${file}.gz`, LINES / 6),
  ];
  const finishes = await compareRunners(runners, runs);
  const yardsticks = [
    ['Y', finishes.get(FORMATTED)],
    ['flog', finishes.get('flog')],
  ] as const;
  return runners.map(({ name, file: program, args }) => {
    const { linesPerSecond } = finishes.get(name) as RunResult;
    const against = yardsticks.flatMap(([unit, yard]) =>
      yard ? [`${(linesPerSecond / yard.linesPerSecond).toFixed(2)} ${unit}`] : [],
    );
    const what = program === process.execPath ? name : `${program} ${args.join(' ')}`;
    return { what, figure: speed(linesPerSecond), against: against.join(', ') };
  });
}

/** What a line costs does not depend on how many there are. */
async function growth({ isLong }: BenchSettings): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const millions of isLong ? [1, 10, 100] : [1, 10]) {
    const name = `backfill of ${millions} million lines to /dev/null`;
    const finishes = await compareRunners([backfill(name, '/dev/null', millions * 1_000_000)], 1);
    const { linesPerSecond, megabytes } = finishes.get(name) as RunResult;
    rows.push({ what: name, figure: `${speed(linesPerSecond)}, ${megabytes.toFixed(0)} MB at most` });
  }
  return rows;
}

function yardstick(name: string, how: string, output: string): Runner {
  return { name, file: process.execPath, args: [YARDSTICK, how, output, String(LINES)], lines: LINES, output };
}

function backfill(name: string, output: string, lines: number, ...more: readonly string[]): Runner {
  const range = ['--from', '2026-01-01T00:00:00Z', '--lines', String(lines)];
  const args = [CLI, 'backfill', ...range, '--output', output, ...more];
  return { name, file: process.execPath, args, lines, ...(output === '/dev/null' ? {} : { output }) };
}
