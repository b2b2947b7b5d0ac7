#!/usr/bin/env node
import { UserError } from '../shared/errors.ts';
import type { Command } from './cli/command.ts';
import { asksForHelp, asksForVersion } from './cli/parse-args.ts';
import { printVersion, runCommand } from './cli/run-command.ts';
import { runProgram, withoutSeparator } from './cli/run-program.ts';

/** Every command by its name, loaded only when it is run. */
const commands: Readonly<Record<string, (args: readonly string[]) => Promise<Command>>> = {
  start: async (args) => (await import('./start.ts')).startCommand(args),
  ratios: async (args) => (await import('./ratios.ts')).ratiosCommand(args),
  incident: async () => (await import('./incident.ts')).incidentCommand,
  services: async () => (await import('./services.ts')).servicesCommand,
  stop: async () => (await import('./stop.ts')).stopCommand,
  socket: async () => (await import('./socket.ts')).socketCommand,
  scenario: async (args) => (await import('./scenario.ts')).scenarioCommand(args),
  backfill: async (args) => (await import('./backfill.ts')).backfillCommand(args),
};

runProgram(async ([name = '', ...rest]) => {
  const args = withoutSeparator(rest);
  if (asksForVersion([name])) return printVersion();
  if (asksForHelp([name])) {
    const { helpOfAll } = await import('./cli/help.ts');
    process.stdout.write(`${await helpOfAll(await Promise.all(Object.values(commands).map((load) => load([]))))}\n`);
    return;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    const problem = name === '' ? 'no command given' : `${JSON.stringify(name)}: no such command`;
    throw new UserError('bad-option', `${problem}; use ${Object.keys(commands).join(', ')}`);
  }
  await runCommand(name, await load(args), args);
});
