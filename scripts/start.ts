import type { ServiceDefinition } from '../services/definition/definition.ts';
import { loadOwnServices, serviceNames, servicePrograms } from '../services/index.ts';
import type { Command, ParsedArgs } from './cli/command.ts';
import { readStartSettings, startOptions } from './cli/start-settings.ts';
import { incidentPaths, servicePaths } from './cli/world-settings.ts';
import { incidentCatalogue } from './incident/incident-catalogue.ts';
import { loadPlans } from './scenario/load-scenario.ts';

/**
 * `npm start`: the only place that knows both the services and the supervisor.
 * @param args what was typed after the command: a module given with `--service` adds an option
 */
export async function startCommand(args: readonly string[]): Promise<Command> {
  const own = await loadOwnServices(servicePaths(args));
  const definitions = own.map(({ definition }) => definition);
  const names = [...serviceNames, ...definitions.map(({ name }) => name)];
  return {
    usage: 'npm start -- [options]',
    describe: 'Runs the services until Ctrl-C or npm stop. Their log goes to the console and to the log file.',
    options: startOptions(names),
    examples: [
      ['npm start -- --payment-ratio 7.5', 'three of four lines of payment are bad'],
      ['npm start -- --rate 200 --no-console', '200 lines a second, to the log file only'],
      ['npm start -- --console short', 'every line in one row of the terminal'],
      ['npm start -- --backfill 24h', 'the last 24 hours first, then live, without a gap'],
      ['npm start -- --scenario checkout-outage', 'an incident half an hour from now'],
      ['npm start -- --blind', 'an exam: the log does not tell what you do to the fleet'],
      ['npm start -- --page', 'with a control page for a browser, whose link it prints'],
      ['npm start -- --service ./shipping.js', 'a sixth service, of your own'],
    ],
    async run(parsed) {
      const { scenario: planned, types } = await loadPlans(parsed, args, definitions);
      const { backfillMs, page: address, ...settings } = readStartSettings(names, parsed, planned?.defaults);
      const scenario = planned ? { scenario: planned.live(settings.seed) } : {};
      const backfill = backfillMs > 0 ? await loadBackfill(backfillMs, definitions) : {};
      const page = address && {
        page: { ...address, scenarios: await loadScenarios(parsed, args, definitions, settings.seed) },
      };
      const { codeForFleet } = await import('../services/process/code-copy.ts');
      // In parallel: one waits for the disk, the other needs a core.
      const [code, { runFleet }] = await Promise.all([codeForFleet(), import('../supervisor/main.ts')]);
      const incidents = incidentCatalogue(code.directory, definitions, types, settings.seed);
      const fleet = {
        ...settings,
        ...backfill,
        ...scenario,
        ...page,
        incidents,
        services: servicePrograms(own, code.directory),
      };
      const exitStatus = await runFleet(fleet).finally(code.remove);
      // A write to a console that never reads again may still be pending; it would keep the process alive.
      process.exit(exitStatus);
    },
  };
}

/** Loads what only `--backfill` needs. */
async function loadBackfill(ms: number, definitions: readonly ServiceDefinition[]) {
  const { liveBackfill } = await import('./backfill/live-backfill.ts');
  return { backfill: liveBackfill(ms, definitions) };
}

/** Loads what only `--page` needs. */
async function loadScenarios(
  { values }: ParsedArgs,
  args: readonly string[],
  definitions: readonly ServiceDefinition[],
  seed: number,
) {
  const { scenarioCatalogue } = await import('./scenario/scenario-catalogue.ts');
  return scenarioCatalogue(values.get('scenario') ?? null, { definitions, incidentPaths: incidentPaths(args), seed });
}
