import { serviceNames } from '../services/index.ts';
import { UserError } from '../shared/errors.ts';
import { getCurrentRatios, updateRatios } from '../shared/index.ts';
import type { Ratios } from '../shared/ratios.ts';
import { type Options, valuesOf } from './cli/arguments.ts';
import type { Command, Values } from './cli/command.ts';
import { logFileFrom, logFileOption } from './cli/log-file-option.ts';
import { ratioFrom } from './cli/numbers.ts';
import { namesWithNumber } from './cli/swallowed-by-npm.ts';
import { formatTable } from './cli/table.ts';

const fixed: Options = {
  get: { type: 'boolean', describe: 'Only show the ratios' },
  all: { type: 'string', describe: 'Ratio of every service that is not named' },
  json: { type: 'boolean', describe: 'Print JSON' },
  ...logFileOption,
};

/**
 * `npm run ratios`
 * @param args what was typed after the command: the running fleet may have services that are not among the five
 */
export async function ratiosCommand(args: readonly string[]): Promise<Command> {
  const names = await namesFor(args);
  const perService = names.map((name) => {
    const isUserDefined = !serviceNames.includes(name);
    return [name, { type: 'string', describe: `Ratio of ${name}`, isUserDefined }] as const;
  });
  return {
    usage: 'npm run ratios -- [options]',
    describe: 'Shows or changes the ratios of the running fleet: bad lines in ten, 0 to 10, whole or in tenths.',
    options: { ...Object.fromEntries(perService), ...fixed },
    examples: [
      ['npm run ratios -- --get', 'shows them'],
      ['npm run ratios -- --api 8 --payment 7', 'changes these two, both or none'],
      ['npm run ratios -- --all 5', 'changes every service'],
    ],
    async run(values) {
      const ratios = await getOrChange(names, values, { logFile: logFileFrom(values) });
      print(ratios, values.json === true);
    },
  };
}

/** An option that is not one of the five's may be one of the running fleet's, also when npm kept it for itself. */
async function namesFor(args: readonly string[]): Promise<readonly string[]> {
  // `--api-ratio` is an option of `start`: that is a mistake, whoever the services are.
  const ratios = serviceNames.map((name) => `${name}-ratio`);
  const known = [...serviceNames, ...ratios, ...Object.keys(fixed), 'help', 'version'];
  const isUnknown = (name: string) => !known.includes(name);
  const typed = args.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=', 1)[0] as string);
  if (typed.some(isUnknown)) return namesOfFleet(args);
  return namesWithNumber(process.env).some(isUnknown) ? namesOfFleet(args).catch(() => serviceNames) : serviceNames;
}

async function namesOfFleet(args: readonly string[]): Promise<readonly string[]> {
  const [logFile] = valuesOf('log-file', args);
  return Object.keys(await getCurrentRatios({ logFile: logFileFrom({ 'log-file': logFile }) }));
}

async function getOrChange(names: readonly string[], values: Values, choice: { logFile: string }): Promise<Ratios> {
  const given = names.filter((name) => values[name] !== undefined);
  const changes = Object.fromEntries(given.map((name) => [name, ratioFrom(`--${name}`, values[name]) as number]));
  const all = ratioFrom('--all', values.all);
  if (given.length === 0 && all === undefined) return getCurrentRatios(choice);
  if (values.get) throw new UserError('bad-option', '--get: only shows the ratios; leave it out to change them');
  if (all === undefined) return updateRatios(changes, choice);
  const everyName = Object.keys(await getCurrentRatios(choice));
  return updateRatios({ ...Object.fromEntries(everyName.map((name) => [name, all])), ...changes }, choice);
}

function print(ratios: Ratios, asJson: boolean): void {
  const rows = Object.entries(ratios).map(([name, ratio]) => [name, String(ratio), `${(ratio * 10).toFixed(0)} %`]);
  const table = formatTable(['SERVICE', 'RATIO', 'BAD LINES'], rows);
  process.stdout.write(`${asJson ? JSON.stringify(ratios) : table}\n`);
}
