import yargs from 'yargs';
import type { Command } from './command.ts';

const WIDTH = 100;

/** What `--help` prints for one command. */
export function helpOf({ usage, describe, options, examples }: Command): Promise<string> {
  const help = writer().usage(`${usage}\n\n${describe}`).options(options);
  for (const [typed, does] of examples) help.example(typed, does);
  return help.getHelp();
}

/** What `--help` prints when no command is named. */
export function helpOfAll(commands: readonly Command[]): Promise<string> {
  const help = writer().usage('A demo backend that writes logs. Each command has its own --help.');
  for (const { usage, describe } of commands) help.command(usage, describe);
  return help.getHelp();
}

function writer() {
  return yargs([]).scriptName('').locale('en').wrap(WIDTH).help().version();
}
