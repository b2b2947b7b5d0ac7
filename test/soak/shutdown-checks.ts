import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseLine } from '../../shared/record.ts';
import { FleetUnderTest } from './fleet-under-test.ts';
import { logFilesIn } from './log-files.ts';
import { leakedFrom } from './process-group.ts';
import { type ShutdownMode, STOP } from './shutdown-modes.ts';

/** What is not as it should be after that end of the fleet that wrote this log file. */
export function checkShutdown(
  { loggedReason }: ShutdownMode,
  logFile: string,
  args: readonly string[],
): Promise<readonly string[]> {
  return loggedReason === undefined
    ? startAgain(logFile, args)
    : Promise.resolve(checkLastWords(loggedReason, logFile));
}

/** An end in order says why it came, and its last line that it was one. */
function checkLastWords(said: string, logFile: string): readonly string[] {
  const text = logFilesIn(dirname(logFile))
    .map((file) => readFileSync(file, 'utf8'))
    .join('');
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  const problems: string[] = [];
  if (!text.includes(`[Supervisor]: Fleet stops: ${said}\n`)) problems.push(`the log does not say: ${said}`);
  if (parseLine(last)?.message !== 'Fleet stopped') problems.push(`the last line is ${last.slice(0, 300)}`);
  return problems;
}

/** A fleet that was killed leaves nothing in the way of the next. */
async function startAgain(logFile: string, args: readonly string[]): Promise<readonly string[]> {
  const fleet = await FleetUnderTest.start(logFile, args);
  await fleet.end(STOP);
  const leaked = await leakedFrom(fleet.pid);
  await fleet.kill();
  return leaked.length === 0 ? fleet.problems : [...fleet.problems, `left by the next fleet: ${leaked.join(', ')}`];
}
