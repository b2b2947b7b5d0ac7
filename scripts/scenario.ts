import { loadOwnServices } from '../services/index.ts';
import { UserError } from '../shared/errors.ts';
import { parseInstant } from './backfill/times.ts';
import { type Command, commandIn } from './cli/command.ts';
import { formatTable } from './cli/table.ts';
import { incidentPaths, incidentsOption, serviceOption, servicePaths } from './cli/world-settings.ts';

const ACTIONS = ['list', 'check'] as const;

/**
 * `npm run scenario`
 * @param args what was typed after the command
 */
export async function scenarioCommand(args: readonly string[]): Promise<Command> {
  const definitions = (await loadOwnServices(servicePaths(args))).map(({ definition }) => definition);
  return {
    usage: `npm run scenario -- list | check NAME|FILE [options]`,
    describe: 'Lists the scenarios of the package, or checks one and prints what it will do.',
    options: {
      from: { type: 'string', describe: 'When it begins: prints instants instead of lengths', example: '2026-11-01' },
      json: { type: 'boolean', describe: 'Print JSON' },
      ...serviceOption,
      ...incidentsOption,
    },
    maxPositionals: 2,
    examples: [
      ['npm run scenario -- list', 'those of the package'],
      ['npm run scenario -- check checkout-outage', 'what it does, and when'],
      ['npm run scenario -- check ./friday.yaml', 'the same for a file, or what is wrong with it'],
    ],
    async run({ positionals: [action, name], values, flags }) {
      const isJson = flags.has('json');
      const usage = commandIn('npm run scenario');
      if (!ACTIONS.some((known) => known === action)) {
        const problem = action === undefined ? 'no action given' : `${JSON.stringify(action)}: no such action`;
        throw new UserError('bad-option', `${problem}; use ${ACTIONS.join(' or ')}, for example ${usage} -- list`);
      }
      const { loadScenarioContext } = await import('./scenario/load-scenario.ts');
      const context = await loadScenarioContext(definitions, incidentPaths(args));
      const { listScenarios, planOf } = await import('./scenario/show-scenario.ts');
      if (action === 'list') {
        const all = listScenarios(context);
        const rows = all.map(({ name, lasts, title }) => [name, lasts, title]);
        print(isJson ? JSON.stringify(all) : formatTable(['SCENARIO', 'LASTS', 'TITLE'], rows));
        return;
      }
      if (name === undefined) {
        throw new UserError(
          'bad-option',
          `check: needs a name or a file, for example ${usage} -- check checkout-outage`,
        );
      }
      const from = values.has('from') ? parseInstant('--from', values.get('from') as string, Date.now()) : undefined;
      const plan = planOf(name, context, from);
      print(isJson ? JSON.stringify(plan.json) : plan.text);
    },
  };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
