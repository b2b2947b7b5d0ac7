import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ParsedLine, parseLine } from '../../shared/record.ts';
import { latestEntry } from '../../shared/world.ts';
import { timeOf } from '../soak/compare-lines.ts';
import { reportedGaps } from '../tools/exactly-once.ts';
import { command } from '../tools/run.ts';
import { startFleet } from './fleet.ts';

const OPTIONS = ['--rate', '1000', '--seed', '42', '--payment-ratio', '7.5', '--api-ratio', '0'] as const;

const SERVICES = [
  ['api', 'ApiService'],
  ['auth', 'AuthService'],
  ['inventory', 'InventoryService'],
  ['notification', 'NotificationService'],
  ['payment', 'PaymentService'],
] as const;

const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').slice(0, -1);
const of = (lines: readonly string[], logName: string) => lines.filter((line) => parseLine(line)?.service === logName);

test('a backfill writes the same bytes as a fleet with the same world', async () => {
  const fleet = await startFleet(...OPTIONS);
  await fleet.showsLines(6_000);
  const world = await fleet.world();
  await fleet.stop();
  const live = linesOf(fleet.logFile);

  const from = latestEntry(world.timeline).at;
  // Services do not stop at the same line, so the range ends before the last line of each.
  const to = Math.min(...SERVICES.map(([, logName]) => timeOf(of(live, logName).at(-1) as string)));
  const range = ['--from', new Date(from).toISOString(), '--to', new Date(to).toISOString()];
  const result = await command(fleet.directory, 'backfill', ...range, ...OPTIONS, '--output', 'again.log');
  expect(result.status, result.stderr).toBe(0);
  const again = linesOf(join(fleet.directory, 'again.log'));

  // On a machine that stalls for seconds a service drops lines, which the fleet reports.
  const gaps = [...(world.gaps ?? []), ...reportedGaps(fleet.files)];
  const common = (lines: readonly string[], name: string, logName: string) =>
    lines.filter((line) => {
      const { time, service } = parseLine(line) as ParsedLine;
      const isSkipped = gaps.some((gap) => gap.service === name && time >= gap.from && time < gap.to);
      return service === logName && time >= from && time < to && !isSkipped;
    });
  for (const [name, logName] of SERVICES) {
    expect(common(again, name, logName), logName).toEqual(common(live, name, logName));
    expect(common(again, name, logName).length).toBeGreaterThan(100);
  }

  // The backfill is in order of time; in the log of the fleet lines of one millisecond may be in any order.
  const times = again.map(timeOf);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const sorted = (lines: readonly string[]) =>
    SERVICES.flatMap(([name, logName]) => common(lines, name, logName)).toSorted();
  expect(sorted(again)).toEqual(sorted(live));
  if (gaps.length === 0) expect(sorted(again)).toEqual(again.toSorted());
});
