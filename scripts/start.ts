import { loadServicePrograms } from '../services/index.ts';
import type { Command } from './command.ts';
import { readStartOptions, servicePaths, startOptions } from './start-options.ts';

/**
 * `npm start`: puts services and supervisor together. The only place that knows both.
 * @param words what was typed after it: a module given with `--service` adds an option
 */
export async function startCommand(words: readonly string[]): Promise<Command> {
  const paths = servicePaths(words);
  const services = await loadServicePrograms(paths);
  const names = services.map(({ name }) => name);
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
      const past = settings.pastMs > 0 ? await pastOf(settings.pastMs, paths) : {};
      const { runFleet } = await import('../supervisor/main.ts');
      // A write to a console that stalls for good may be on its way still: nothing waits for it.
      process.exit(await runFleet({ ...settings, ...past, services }));
    },
  };
}

/** Only who wants a past waits for what it takes. */
async function pastOf(ms: number, servicePaths: readonly string[]) {
  const { LogOfThePast } = await import('./backfill/log-of-the-past.ts');
  const { absolutePaths } = await import('../services/custom.ts');
  return { past: new LogOfThePast(ms, absolutePaths(servicePaths)) };
}
