import { serviceNames } from '../services/index.ts';
import type { RatiosAnswer } from '../shared/control-api.ts';
import { changeRatios, fetchRatios } from '../shared/control-client.ts';
import { UserError } from '../shared/errors.ts';
import type { Ratio } from '../shared/ratios.ts';
import type { Command, Options, ParsedArgs } from './cli/command.ts';
import { logFileFrom, logFileOption } from './cli/log-file-option.ts';
import { ratioFrom } from './cli/option-values.ts';
import { valuesOf } from './cli/parse-args.ts';
import { formatRatios, isMoved } from './cli/ratio-table.ts';
import { namesWithNumber } from './cli/swallowed-by-npm.ts';

const fixedOptions: Options = {
  get: { type: 'boolean', describe: 'Only show the ratios' },
  all: { type: 'string', describe: 'Ratio of every service that is not named', example: 2.5 },
  json: { type: 'boolean', describe: 'Print JSON' },
  ...logFileOption,
};

/**
 * `npm run ratios`
 * @param args what was typed after the command: the running fleet may have services of the user's own
 */
export async function ratiosCommand(args: readonly string[]): Promise<Command> {
  const names = await namesFor(args);
  const perService = names.map((name) => {
    const isUserDefined = !serviceNames.includes(name);
    return [name, { type: 'string', describe: `Ratio of ${name}`, example: 2.5, isUserDefined }] as const;
  });
  return {
    usage: 'npm run ratios -- [options]',
    describe: 'Shows or changes the ratios of the running fleet: bad lines in ten, 0 to 10, whole or in tenths.',
    options: { ...Object.fromEntries(perService), ...fixedOptions },
    examples: [
      ['npm run ratios -- --get', 'shows them'],
      ['npm run ratios -- --api 8 --payment 7', 'changes these two, both or none'],
      ['npm run ratios -- --all 5', 'changes every service'],
    ],
    run: async (args) => print(await showOrChange(names, args), args.flags.has('json')),
  };
}

/** The five, or the services of the running fleet if an option has another name, also one that npm kept for itself. */
async function namesFor(args: readonly string[]): Promise<readonly string[]> {
  // `--api-ratio` is an option of `start`, so it is a mistake whichever services there are.
  const ratios = serviceNames.map((name) => `${name}-ratio`);
  const known = [...serviceNames, ...ratios, ...Object.keys(fixedOptions), 'help', 'version'];
  const isUnknown = (name: string) => !known.includes(name);
  const typed = args.filter((arg) => arg.startsWith('--')).map((arg) => arg.slice(2).split('=', 1)[0] as string);
  if (typed.some(isUnknown)) return namesOfFleet(args);
  return namesWithNumber(process.env).some(isUnknown) ? namesOfFleet(args).catch(() => serviceNames) : serviceNames;
}

async function namesOfFleet(args: readonly string[]): Promise<readonly string[]> {
  const logFiles = valuesOf('log-file', logFileOption['log-file'], args);
  const logFile = logFileFrom({ values: new Map(logFiles.map((file) => ['log-file', file])) });
  return Object.keys((await fetchRatios(logFile)).ratios);
}

async function showOrChange(names: readonly string[], args: ParsedArgs): Promise<RatiosAnswer> {
  const logFile = logFileFrom(args);
  const given = names.flatMap((name) => {
    const ratio = ratioFrom(args, name);
    return ratio === undefined ? [] : [[name, ratio] as const];
  });
  const all = ratioFrom(args, 'all');
  if (given.length === 0 && all === undefined) return fetchRatios(logFile);
  if (args.flags.has('get')) {
    throw new UserError('bad-option', '--get: only shows the ratios; leave it out to change them');
  }
  const everyName = all === undefined ? [] : Object.keys((await fetchRatios(logFile)).ratios);
  const changes = [...everyName.map((name) => [name, all as Ratio] as const), ...given];
  return changeRatios(logFile, Object.fromEntries(changes));
}

function print(answer: RatiosAnswer, asJson: boolean): void {
  process.stdout.write(`${asJson ? toJson(answer) : formatRatios(answer)}\n`);
}

/** The ratios as they were set and, only while they differ, those in effect. */
function toJson({ ratios, inEffect }: RatiosAnswer): string {
  return JSON.stringify(isMoved({ ratios, inEffect }) ? { ...ratios, inEffect } : ratios);
}
