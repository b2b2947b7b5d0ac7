import { loadOwnServices, serviceNames } from '../services/index.ts';
import { planOf } from './backfill/plan.ts';
import { backfillOptions, readBackfillOptions } from './backfill/settings.ts';
import type { Command } from './cli/command.ts';
import { servicePaths } from './cli/start-options.ts';

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
      ['npm run --silent backfill -- --from -1h --output - | head', 'to a pipe'],
      [
        'npm run backfill -- --from 2026-11-01 --to 2026-12-01 \\\n    --shard 3/64 --output 03.log',
        'the third of 64 shares',
      ],
    ],
    async run(values) {
      const settings = readBackfillOptions(names, values, Date.now());
      const plan = await planOf(settings, definitions, async () => {
        const { loadCatalog } = await import('../services/load-catalog.ts');
        const { Simulation } = await import('../services/simulation/simulation.ts');
        return new Simulation(await loadCatalog(definitions), settings.world);
      });
      const { runBackfill } = await import('./backfill/run.ts');
      const exitStatus = await runBackfill(plan, names, settings);
      // A write that nobody takes may be on its way still when it was interrupted: nothing waits for it.
      if (exitStatus !== 0) process.exit(exitStatus);
    },
  };
}
