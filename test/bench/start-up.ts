import { spawnSync } from 'node:child_process';
import { serviceNames } from '../../services/index.ts';
import { median, timed } from './measure.ts';
import { startFleet } from './measured-fleet.ts';
import type { BenchSettings, Row } from './row.ts';

/** Bare starts of node and starts of the fleet in turn, so that all see the same machine. */
export async function startUp({ runs }: BenchSettings): Promise<readonly Row[]> {
  const bare: number[] = [];
  // At 1000 lines/s the wait for a line's own time does not count: what is left is the start.
  const rates = [
    { name: '1000 lines/s', args: ['--rate', '1000'], starts: [] as (readonly number[])[] },
    { name: 'default rate', args: [], starts: [] as (readonly number[])[] },
  ];
  for (let run = 0; run < runs; run++) {
    bare.push(await timed(async () => spawnSync(process.execPath, ['-e', '0'])));
    for (const { args, starts } of rates) {
      const fleet = await startFleet(args, serviceNames.length);
      starts.push(fleet.firstLines);
      await fleet.stop();
    }
  }
  const unit = median(bare);
  const row = (what: string, ms: number): Row => {
    return { what, figure: `${ms.toFixed(0)} ms`, against: `${(ms / unit).toFixed(1)} bare starts` };
  };
  return [
    { what: 'bare start: node -e 0', figure: `${unit.toFixed(0)} ms` },
    ...rates.flatMap(({ name, starts }) => [
      row(`first line of the first service, ${name}`, median(starts.map((times) => times[0] as number))),
      row(`first line of the fifth service, ${name}`, median(starts.map((times) => times[4] as number))),
    ]),
  ];
}
