import type { ServiceDefinition } from '../services/definition/definition.ts';
import { loadOwnServices, serviceNames, servicePrograms } from '../services/index.ts';
import type { Command } from './cli/command.ts';
import { readStartOptions, servicePaths, startOptions } from './cli/start-options.ts';

/**
 * `npm start`: puts services and supervisor together. The only place that knows both.
 * @param args what was typed after the command: a module given with `--service` adds an option
 */
export async function startCommand(args: readonly string[]): Promise<Command> {
  const own = await loadOwnServices(servicePaths(args));
  const definitions = own.map(({ definition }) => definition);
  const names = [...serviceNames, ...definitions.map(({ name }) => name)];
  return {
    usage: 'npm start -- [options]',
    describe: 'Runs the services until Ctrl-C or npm stop; their log goes to the console and to the log file.',
    options: startOptions(names),
    examples: [
      ['npm start -- --payment-ratio 7.5', 'three of four lines of payment are bad'],
      ['npm start -- --rate 200 --no-console', '200 lines a second, to the log file only'],
      ['npm start -- --console short', 'every line in one row of the terminal'],
      ['npm start -- --backfill 24h', 'the last 24 hours first, then live without a seam'],
      ['npm start -- --service ./shipping.js', 'a sixth service, of your own'],
    ],
    async run(values) {
      const settings = readStartOptions(names, values);
      const backfill = settings.pastMs > 0 ? await liveBackfill(settings.pastMs, definitions) : {};
      const { codeForFleet } = await import('../services/process/code-copy.ts');
      // At the same time: one waits for the disk, the other takes all of a core.
      const [code, { runFleet }] = await Promise.all([codeForFleet(), import('../supervisor/main.ts')]);
      const fleet = { ...settings, ...backfill, services: servicePrograms(own, code.directory) };
      const exitStatus = await runFleet(fleet).finally(code.remove);
      // A write to a console that stalls for good may be on its way still: nothing waits for it.
      process.exit(exitStatus);
    },
  };
}

/** Loaded only for a start with --backfill. */
async function liveBackfill(ms: number, definitions: readonly ServiceDefinition[]) {
  const { LiveBackfill } = await import('./backfill/live-backfill.ts');
  return { backfill: new LiveBackfill(ms, definitions) };
}
