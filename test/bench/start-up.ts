import { spawnSync } from 'node:child_process';
import { serviceNames } from '../../services/index.ts';
import { median, timed } from './measure.ts';
import { MeasuredFleet } from './measured-fleet.ts';
import type { BenchRow, BenchSettings } from './row.ts';

/** Measures starts of the fleet and, as the unit, starts of Node in turn, so that all see the same machine. */
export async function measureStartUp({ runs }: BenchSettings): Promise<readonly BenchRow[]> {
  const nodeStarts: number[] = [];
  // At 1000 lines/s the wait until the first line is due is negligible.
  const rates = [
    { name: '1000 lines/s', args: ['--rate', '1000'], starts: [] as (readonly number[])[] },
    { name: 'default rate', args: [], starts: [] as (readonly number[])[] },
  ];
  for (let run = 0; run < runs; run++) {
    nodeStarts.push(await timed(async () => spawnSync(process.execPath, ['-e', '0'])));
    for (const { args, starts } of rates) {
      const fleet = await MeasuredFleet.start(args, serviceNames.length);
      starts.push(fleet.firstLinesMs);
      await fleet.stop();
    }
  }
  const unitMs = median(nodeStarts);
  const row = (what: string, ms: number): BenchRow => {
    return { what, figure: `${ms.toFixed(0)} ms`, comparison: `${(ms / unitMs).toFixed(1)} starts of node` };
  };
  return [
    { what: 'start of node (node -e 0)', figure: `${unitMs.toFixed(0)} ms` },
    ...rates.flatMap(({ name, starts }) => [
      row(`first line of the first service, ${name}`, median(starts.map((times) => times[0] as number))),
      row(`first line of the fifth service, ${name}`, median(starts.map((times) => times[4] as number))),
    ]),
  ];
}
