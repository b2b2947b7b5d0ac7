import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ERRORS } from '../../shared/errors.ts';
import { parseLine } from '../../shared/record.ts';
import { spawnCli } from '../tools/spawn-cli.ts';
import type { FleetUnderTest } from './fleet-under-test.ts';
import type { SeededRandom } from './seeded-random.ts';

const LINES = 20_000;

/** Writes a backfill over the log file of the fleet, which is to be refused. */
export async function backfillOntoLog({ logFile, problems }: FleetUnderTest): Promise<void> {
  const { status, output } = await spawnCli('backfill', '--from=-1h', '--output', logFile, '--force');
  if (status === ERRORS['bad-output'].exitStatus && output.includes('is the log file of a running fleet')) return;
  problems.push(`a backfill onto the log file ended with status ${status}: ${output.slice(0, 300).trimEnd()}`);
}

/** Two backfills to one output at once: what remains is one of them, whole. */
export async function backfillTwice({ problems }: FleetUnderTest, chance: SeededRandom): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'demo-logs-soak-backfill-'));
  const output = join(directory, 'out.log');
  const seeds = [chance.between(1, 1_000), chance.between(1, 1_000)];
  const runs = seeds.map((seed) => {
    const args = [
      '--from',
      '2026-11-01',
      '--lines',
      String(LINES),
      '--seed',
      String(seed),
      '--workers',
      '1',
      '--force',
    ];
    return spawnCli('backfill', ...args, '--output', output);
  });
  const failed = (await Promise.all(runs)).filter(({ status }) => status !== 0);
  const lines = readFileSync(output, 'utf8').split('\n');
  const isWhole = lines.pop() === '' && lines.length === LINES && lines.every((line) => parseLine(line) !== undefined);
  rmSync(directory, { recursive: true, force: true });
  if (failed.length > 0) problems.push(`one of two backfills failed: ${failed[0]?.output.slice(0, 300)}`);
  if (!isWhole) problems.push(`two backfills to one output left ${lines.length} lines of ${LINES}, or torn ones`);
}
