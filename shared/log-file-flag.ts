import { DEFAULTS } from './defaults.ts';
import { withPackageManager } from './package-manager.ts';
import { resolveLogFile } from './paths.ts';
import { shellQuote } from './shell-quote.ts';

/**
 * A command with the `--log-file` option that it needs to select the fleet of this log file.
 * @param command as for npm, with or without options: `npm start`, `npm run ratios -- --all 2`
 * @param logFile absolute path
 */
export function withLogFileFlag(command: string, logFile: string): string {
  const typed = withPackageManager(command);
  if (logFile === resolveLogFile(DEFAULTS.logFile)) return typed;
  return `${typed}${typed.includes(' -- ') ? '' : ' --'} --log-file ${shellQuote(logFile)}`;
}
