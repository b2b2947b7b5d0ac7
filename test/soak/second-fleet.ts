import { ERRORS } from '../../shared/errors.ts';
import { CLI, run } from '../tools/run.ts';
import type { FleetUnderTest } from './fleet-under-test.ts';

/** Starts another fleet on the same log file, which must be refused with the pid of the first. */
export async function startSecondFleet(
  { logFile, pid, problems }: FleetUnderTest,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const args = [CLI, 'start', '--log-file', logFile];
  const { status, stdout, stderr } = await run(process.execPath, args, process.cwd(), { env });
  const isRefused = stderr.includes(`another fleet (pid ${pid}) writes to ${logFile}`);
  if (isRefused && status === ERRORS['fleet-exists'].exitStatus) return;
  const output = `${stderr}${stdout}`.slice(0, 300).trimEnd();
  problems.push(`a second fleet exited with status ${status}: ${output}`);
}
