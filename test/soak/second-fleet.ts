import { ERRORS } from '../../shared/errors.ts';
import { spawnCliIn } from '../tools/spawn-cli.ts';
import type { FleetUnderTest } from './fleet-under-test.ts';

/** Starts another fleet on the same log file, which is to be refused with the pid of the first. */
export async function startSecond(
  { logFile, pid, problems }: FleetUnderTest,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const { status, output } = await spawnCliIn(env, 'start', '--log-file', logFile);
  const isRefused = output.includes(`another fleet (pid ${pid}) writes to ${logFile}`);
  if (isRefused && status === ERRORS['fleet-exists'].exitStatus) return;
  problems.push(`a second fleet ended with status ${status}: ${output.slice(0, 300).trimEnd()}`);
}
