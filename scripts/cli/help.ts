import yargs from 'yargs';
import { asRun } from '../../shared/package-manager.ts';
import { commandIn, type Options } from './arguments.ts';
import type { Command } from './command.ts';

/** Columns where the terminal does not say how many it has, or there is none. */
const DEFAULT_WIDTH = 80;

/** Longer lines are hard to read. */
const MAX_WIDTH = 100;

/**
 * What `--help` prints for one command.
 * @param width columns that it may take
 */
export async function helpOf({ usage, describe, options, examples }: Command, width = widthOf()): Promise<string> {
  const typedAndDone = examples.map(([typed, does]) => `  ${asRun(typed)}\n      ${does}`);
  const help = await writer(width, options)
    .usage(`${asRun(usage)}\n\n${describe}`)
    .epilogue(['Examples:', ...typedAndDone].join('\n'))
    .getHelp();
  return help.replaceAll(NO_BREAK_SPACE, ' ');
}

/** What `--help` prints when no command is named. */
export function helpOfAll(commands: readonly Command[], width = widthOf()): Promise<string> {
  const help = writer(width).usage('A demo backend that writes logs. Each command has its own --help.');
  for (const { usage, describe } of commands) help.command(commandIn(usage), describe);
  return help.getHelp();
}

function widthOf({ columns }: Pick<NodeJS.WriteStream, 'columns'> = process.stdout): number {
  return Math.min(columns || DEFAULT_WIDTH, MAX_WIDTH);
}

/** Without the types that yargs would add to each option: the descriptions say what is expected. */
function writer(width: number, options: Options = {}) {
  const described = Object.entries(options).map(([name, { describe }]) => [name, { describe: keepTogether(describe) }]);
  return yargs([])
    .scriptName('')
    .locale('en')
    .wrap(width)
    .help(false)
    .version(false)
    .options(Object.fromEntries(described))
    .option('help', { alias: 'h', describe: 'Show help' })
    .option('version', { alias: 'v', describe: 'Show version number' });
}

const NO_BREAK_SPACE = '\u00a0';

/** A default is not to be broken over two lines. */
function keepTogether(describe: string): string {
  return describe.replace(/\[default: .*\]$/, (text) => text.replaceAll(' ', NO_BREAK_SPACE));
}
