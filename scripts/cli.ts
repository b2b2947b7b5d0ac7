#!/usr/bin/env node
import { UserError } from '../shared/errors.ts';
import { asksForHelp, asksForVersion } from './cli/arguments.ts';
import { type Command, printVersion, runCommand } from './cli/command.ts';
import { runProgram, withoutSeparator } from './cli/run-program.ts';

/** Every command by its name; what one needs is loaded when it is called. */
const commands: Readonly<Record<string, (args: readonly string[]) => Command | Promise<Command>>> = {
  start: async (args) => (await import('./start.ts')).startCommand(args),
  ratios: async (args) => (await import('./ratios.ts')).ratiosCommand(args),
  services: async () => (await import('./services.ts')).services,
  stop: async () => (await import('./stop.ts')).stop,
  socket: async () => (await import('./socket.ts')).socket,
  backfill: async (args) => (await import('./backfill.ts')).backfillCommand(args),
};

runProgram(async ([name = '', ...typed]) => {
  const args = withoutSeparator(typed);
  if (asksForVersion([name])) return printVersion();
  if (asksForHelp([name])) {
    const { helpOfAll } = await import('./cli/help.ts');
    process.stdout.write(`${await helpOfAll(await Promise.all(Object.values(commands).map((load) => load([]))))}\n`);
    return;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    const problem = name === '' ? 'no command given' : `${JSON.stringify(name)}: no such command`;
    throw new UserError('bad-option', `${problem}; there are ${Object.keys(commands).join(', ')}`);
  }
  await runCommand(name, await load(args), args);
});
