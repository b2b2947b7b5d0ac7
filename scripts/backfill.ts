import { loadOwnServices, serviceNames } from '../services/index.ts';
import { type BackfillSettings, backfillOptions, readBackfillSettings } from './backfill/backfill-settings.ts';
import { planBackfill } from './backfill/plan.ts';
import type { Command } from './cli/command.ts';
import { servicePaths } from './cli/world-settings.ts';
import { loadPlans } from './scenario/load-scenario.ts';

/**
 * `npm run backfill`
 * @param args what was typed after the command: a module given with `--service` adds an option
 */
export async function backfillCommand(args: readonly string[]): Promise<Command> {
  const definitions = (await loadOwnServices(servicePaths(args))).map(({ definition }) => definition);
  const names = [...serviceNames, ...definitions.map(({ name }) => name)];
  return {
    usage: 'npm run backfill -- --from TIME [--to TIME | --lines N] --output FILE [options]',
    describe: 'Writes the log of a range of time as fast as the machine can, on all its cores.',
    options: backfillOptions(names),
    examples: [
      ['npm run backfill -- --from -7d --output week.log', 'the week until now'],
      ['npm run backfill -- --from 2026-11-01 --to 2026-12-01 --output november.log.gz', 'a month, compressed'],
      ['npm run backfill -- --scenario exam --from 2026-11-03 --output exam.log', 'a planned day'],
      ['npm run --silent backfill -- --from -1h --output - | head', 'to a pipe'],
      [
        'npm run backfill -- --from 2026-11-01 --to 2026-12-01 \\\n    --shard 3/64 --output 03.log',
        'the third of 64 shards',
      ],
    ],
    async run(parsed) {
      const { scenario: planned } = await loadPlans(parsed, args, definitions);
      const settings = readBackfillSettings(names, parsed, Date.now(), planned?.defaults);
      const { range } = settings;
      const world = planned ? planned.worldFrom(settings.world, endOf(range, settings.world.rate)) : settings.world;
      const plan = await planBackfill({ ...settings, world }, definitions, async () => {
        const { loadCatalog } = await import('../services/load-catalog.ts');
        const { Simulation } = await import('../services/simulation/simulation.ts');
        return new Simulation(await loadCatalog(definitions), world);
      });
      const { runBackfill } = await import('./backfill/run-backfill.ts');
      const exitStatus = await runBackfill(plan, names, settings);
      // A write to a pipe that nobody reads may still be pending; it would keep the process alive.
      if (exitStatus !== 0) process.exit(exitStatus);
    },
  };
}

/** Before this instant all lines are due, in ms since the epoch: generously, where they are given as a number. */
function endOf(range: BackfillSettings['range'], rate: number): number {
  return 'to' in range ? range.to : range.from + (4_000 * range.lines) / rate + 86_400_000;
}
