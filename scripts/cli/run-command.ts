import { readFileSync } from 'node:fs';
import type { Command } from './command.ts';
import { asksForHelp, asksForVersion, parse } from './parse-args.ts';
import { rejectFlagsSwallowedByNpm } from './swallowed-by-npm.ts';

/**
 * Parses the arguments after a command's name and runs the command, or prints its help. yargs is loaded for the help
 * only, which takes 70 ms.
 * @param name of the command's script in `package.json`
 * @throws {UserError} for what the user can fix
 */
export async function runCommand(name: string, command: Command, args: readonly string[]): Promise<void> {
  if (asksForHelp(args)) {
    const { helpOf } = await import('./help.ts');
    process.stdout.write(`${await helpOf(command)}\n`);
  } else if (asksForVersion(args)) {
    printVersion();
  } else {
    rejectFlagsSwallowedByNpm(name, command, args, process.env);
    await command.run(parse(command, args));
  }
}

/** Prints the version of the package, which holds this file compiled, in `dist/`. */
export function printVersion(): void {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  process.stdout.write(`${(JSON.parse(text) as { version: string }).version}\n`);
}
