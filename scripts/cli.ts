#!/usr/bin/env node
import { UserError } from '../shared/errors.ts';
import { asksForHelp, asksForVersion } from './arguments.ts';
import { type Command, printVersion, runCommand } from './command.ts';

/** Every command by its name; what one needs is loaded when it is called. */
const commands: Readonly<Record<string, (words: readonly string[]) => Command | Promise<Command>>> = {
  start: async (words) => (await import('./start.ts')).startCommand(words),
  ratios: async (words) => (await import('./ratios.ts')).ratiosCommand(words),
  services: async () => (await import('./services.ts')).services,
  stop: async () => (await import('./stop.ts')).stop,
  socket: async () => (await import('./socket.ts')).socket,
  backfill: async (words) => (await import('./backfill.ts')).backfillCommand(words),
  bench: async () => (await import('./bench.ts')).bench,
  soak: async () => (await import('./soak.ts')).soak,
};

async function main([name = '', ...typed]: readonly string[]): Promise<void> {
  // npm takes the -- before the options away; pnpm and yarn pass it on.
  const words = typed[0] === '--' ? typed.slice(1) : typed;
  if (asksForVersion([name])) return printVersion();
  if (asksForHelp([name])) {
    const { helpOfAll } = await import('./help.ts');
    process.stdout.write(`${await helpOfAll(await Promise.all(Object.values(commands).map((load) => load([]))))}\n`);
    return;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    const problem = name === '' ? 'no command given' : `${JSON.stringify(name)}: no such command`;
    throw new UserError('bad-option', `${problem}; there are ${Object.keys(commands).join(', ')}`);
  }
  await runCommand(name, await load(words), words);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isMistake = error instanceof UserError;
  process.stderr.write(`${isMistake ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(isMistake ? error.exitStatus : 1);
});
