import { DEFAULTS } from './defaults.ts';
import { asRun } from './package-manager.ts';
import { resolveLogFile } from './paths.ts';
import { shellQuote } from './shell-quote.ts';

/**
 * What to type for `npm start` or the like to mean the fleet that writes this file and no other.
 * @param logFile absolute path
 */
export function withLogFileFlag(command: string, logFile: string): string {
  const isDefault = logFile === resolveLogFile(DEFAULTS.logFile);
  return isDefault ? asRun(command) : `${asRun(command)} -- --log-file ${shellQuote(logFile)}`;
}
