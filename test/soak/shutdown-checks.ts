import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseLine } from '../../shared/record.ts';
import { leakedFrom } from '../tools/process-group.ts';
import { FleetUnderTest } from './fleet-under-test.ts';
import { logFilesIn } from './log-files.ts';
import { type ShutdownMode, STOP, shutDown } from './shutdown-modes.ts';

/** Returns what is wrong after that shutdown of the fleet that wrote this log file. */
export async function checkShutdown(
  { loggedReason }: ShutdownMode,
  logFile: string,
  args: readonly string[],
): Promise<readonly string[]> {
  return loggedReason === undefined ? restart(logFile, args) : checkLastLines(loggedReason, logFile);
}

/** After a graceful shutdown the log contains the reason, and ends with the supervisor's last event. */
function checkLastLines(reason: string, logFile: string): readonly string[] {
  const text = logFilesIn(dirname(logFile))
    .map((file) => readFileSync(file, 'utf8'))
    .join('');
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  const problems: string[] = [];
  if (!text.includes(`[Supervisor]: Fleet stops: ${reason}\n`)) problems.push(`the log does not contain: ${reason}`);
  if (parseLine(last)?.message !== 'Fleet stopped') problems.push(`the last line is ${last.slice(0, 300)}`);
  return problems;
}

/** After a SIGKILL the next fleet must start and stop without a problem. */
async function restart(logFile: string, args: readonly string[]): Promise<readonly string[]> {
  const fleet = await FleetUnderTest.start(logFile, args);
  await shutDown(fleet, STOP);
  const leaked = await leakedFrom(fleet.pid);
  await fleet.kill();
  return leaked.length === 0 ? fleet.problems : [...fleet.problems, `leaked by the next fleet: ${leaked.join(', ')}`];
}
