import { expect, type TestContext } from 'vitest';
import type { Ratios, ValidRatios } from '../../shared/ratios.ts';
import type { ServiceProgram } from '../../shared/service-program.ts';
import { Fleet } from '../../supervisor/fleet.ts';
import { Log } from '../../supervisor/log/log.ts';
import { ServiceCommands } from '../../supervisor/process/service-commands.ts';
import { CollectingSink } from './collecting-sink.ts';
import { isRunning, program } from './programs.ts';

/** Two services that behave. */
export const steady: readonly ServiceProgram[] = [
  program('api', 'writes-steadily'),
  program('auth', 'writes-steadily'),
];

type Finishing = Pick<TestContext, 'onTestFinished'>;

/** Starts a fleet that stops with the test; the test fails if a process is left over. */
export function runFixtures({ onTestFinished }: Finishing, ...services: readonly ServiceProgram[]) {
  return runWithLog(false, { onTestFinished }, services);
}

/** The same, with a log that does not tell what operators do. */
export function runFixturesBlind({ onTestFinished }: Finishing, ...services: readonly ServiceProgram[]) {
  return runWithLog(true, { onTestFinished }, services);
}

async function runWithLog(isBlind: boolean, { onTestFinished }: Finishing, services: readonly ServiceProgram[]) {
  const sink = new CollectingSink();
  const log = new Log([sink], isBlind);
  const ratios = Object.fromEntries(services.map(({ name }) => [name, 2]));
  const fleet = new Fleet({ services, ratios, rate: 10, seed: 1 }, log, async () => {});
  const pids = new Set<number>();
  const status = (name: string) => {
    const found = fleet.statusOf(fleet.service(name));
    if (found.pid !== null) pids.add(found.pid);
    return found;
  };
  fleet.start();
  for (const { name } of services) status(name);
  onTestFinished(async () => {
    await fleet.stop();
    for (const { name } of services) expect(status(name).state).toBe('stopped');
    for (const pid of pids) expect(isRunning(pid), `pid ${pid} is left over`).toBe(false);
  });
  await fleet.whenStarted();
  const changeRatios = (changes: Ratios) => fleet.changeRatios(changes as ValidRatios);
  return { fleet, sink, status, changeRatios, commands: new ServiceCommands(fleet, log) };
}
