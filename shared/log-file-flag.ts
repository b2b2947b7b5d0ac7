import { DEFAULTS } from './defaults.ts';
import { withPackageManager } from './package-manager.ts';
import { resolveLogFile } from './paths.ts';
import { shellQuote } from './shell-quote.ts';

/**
 * A command with the `--log-file` option that it needs to select the fleet of this log file.
 * @param command as for npm: `npm start`
 * @param logFile absolute path
 */
export function withLogFileFlag(command: string, logFile: string): string {
  const isDefault = logFile === resolveLogFile(DEFAULTS.logFile);
  return isDefault
    ? withPackageManager(command)
    : `${withPackageManager(command)} -- --log-file ${shellQuote(logFile)}`;
}
