import { expect, type TestContext } from 'vitest';
import type { ServiceProgram } from '../../shared/service-program.ts';
import { Fleet } from '../../supervisor/fleet.ts';
import { Log } from '../../supervisor/log/log.ts';
import { ServiceCommands } from '../../supervisor/process/service-commands.ts';
import { CollectingSink } from './collecting-sink.ts';
import { isRunning, program } from './programs.ts';

/** Two services that do what they should. */
export const steady: readonly ServiceProgram[] = [
  program('api', 'writes-steadily'),
  program('auth', 'writes-steadily'),
];

/** A running fleet that ends with the test, which fails when a process is left over. */
export async function runFixtures(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  ...services: readonly ServiceProgram[]
) {
  const sink = new CollectingSink();
  const log = new Log([sink]);
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
  await fleet.settled();
  return { fleet, sink, status, commands: new ServiceCommands(fleet, log) };
}
