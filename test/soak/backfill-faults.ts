import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ERRORS } from '../../shared/errors.ts';
import { parseLine } from '../../shared/record.ts';
import { command } from '../tools/run.ts';
import { atExit } from './at-exit.ts';
import type { FleetUnderTest } from './fleet-under-test.ts';
import type { SeededRandom } from './seeded-random.ts';

const LINES = 20_000;
const RANGE = ['--from', '2026-11-01', '--lines', String(LINES)] as const;

/** Runs a backfill onto the log file of the fleet, which must be refused. */
export async function backfillOntoLog({ logFile, problems }: FleetUnderTest): Promise<void> {
  const args = ['--from=-1h', '--output', logFile, '--force'];
  const { status, stderr } = await command(process.cwd(), 'backfill', ...args);
  if (status === ERRORS['bad-output'].exitStatus && stderr.includes('is the log file of a running fleet')) return;
  problems.push(`a backfill onto the log file exited with status ${status}: ${stderr.slice(0, 300).trimEnd()}`);
}

/** Runs two backfills to one output at once: the output must be the complete output of one of them. */
export async function backfillTwice({ problems }: FleetUnderTest, random: SeededRandom): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'demo-logs-soak-backfill-'));
  const removeDirectory = atExit(() => rmSync(directory, { recursive: true, force: true }), { isLast: true });
  const output = 'out.log';
  const seeds = [random.between(1, 1_000), random.between(1, 1_000)];
  const runs = seeds.map((seed) => {
    const args = [...RANGE, '--seed', String(seed), '--workers', '1', '--output', output, '--force'];
    return command(directory, 'backfill', ...args);
  });
  const failed = (await Promise.all(runs)).filter(({ status }) => status !== 0);
  const lines = readFileSync(join(directory, output), 'utf8').split('\n');
  const isComplete =
    lines.pop() === '' && lines.length === LINES && lines.every((line) => parseLine(line) !== undefined);
  removeDirectory();
  if (failed.length > 0) problems.push(`one of two backfills failed: ${failed[0]?.stderr.slice(0, 300)}`);
  if (!isComplete)
    problems.push(`two backfills to one output: ${lines.length} lines instead of ${LINES}, or torn ones`);
}
