import yargs from 'yargs';
import { withPackageManager } from '../../shared/package-manager.ts';
import { type Command, commandIn, type Option, type Options } from './command.ts';

/** Columns to use when stdout is no terminal. */
const DEFAULT_WIDTH = 80;

/** Longer lines are hard to read. */
const MAX_WIDTH = 100;

/**
 * The help of one command.
 * @param width in columns
 */
export async function helpOf(
  { usage, describe, options, examples }: Command,
  width = terminalWidth(),
): Promise<string> {
  const lines = examples.map(([typed, effect]) => `  ${withPackageManager(typed)}\n      ${effect}`);
  const help = await helpWriter(width, options)
    .usage(`${withPackageManager(usage)}\n\n${describe}`)
    .epilogue(['Examples:', ...lines].join('\n'))
    .getHelp();
  return help.replaceAll(NO_BREAK_SPACE, ' ');
}

/**
 * The help that lists all commands.
 * @param width in columns
 */
export function helpOfAll(commands: readonly Command[], width = terminalWidth()): Promise<string> {
  const help = helpWriter(width).usage('A demo backend that writes logs. Each command has its own --help.');
  for (const { usage, describe } of commands) help.command(commandIn(usage), describe);
  return help.getHelp();
}

function terminalWidth(): number {
  return Math.min(process.stdout.columns || DEFAULT_WIDTH, MAX_WIDTH);
}

/** The options are passed without their types, which yargs would print as `[string]`. */
function helpWriter(width: number, options: Options = {}) {
  const described = Object.entries(options).map(([name, option]) => [name, { describe: describeOption(option) }]);
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

/** yargs must not break a default over two lines. */
function describeOption(option: Option): string {
  if (option.type === 'boolean' || option.defaultValue === undefined) return option.describe;
  return `${option.describe} ${`[default: ${option.defaultValue}]`.replaceAll(' ', NO_BREAK_SPACE)}`;
}
