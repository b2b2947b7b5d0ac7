import { DEFAULTS } from './defaults.ts';
import { resolveLogFile } from './paths.ts';
import { shellWord } from './shell-word.ts';

/**
 * What to type for `npm start` or the like to mean the fleet that writes this file and no other.
 * @param logFile absolute path
 */
export function forFleet(command: string, logFile: string): string {
  const isDefault = logFile === resolveLogFile(DEFAULTS.logFile);
  return isDefault ? command : `${command} -- --log-file ${shellWord(logFile)}`;
}
