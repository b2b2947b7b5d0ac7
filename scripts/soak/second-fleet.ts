import { ERRORS } from '../../shared/errors.ts';
import { runCommand } from '../run-command.ts';
import type { FleetInStorm } from './fleet-in-storm.ts';

/**
 * Starts another fleet on the same log file, which is to be refused and told by whom.
 * @param isCalm whether the first surely answers: one that stands still cannot say its pid
 */
export async function startSecond({ logFile, pid, problems }: FleetInStorm, isCalm: boolean): Promise<void> {
  const { status, output } = await runCommand('start', '--log-file', logFile);
  const holders = isCalm ? [`pid ${pid}`] : [`pid ${pid}`, 'a process that does not answer'];
  const isRefused = holders.some((holder) => output.includes(`another fleet (${holder}) writes to ${logFile}`));
  if (isRefused && status === ERRORS['fleet-exists'].exitStatus) return;
  problems.push(`a second fleet ended with status ${status}: ${output.slice(0, 300).trimEnd()}`);
}
