import { DEFAULTS } from '../../shared/defaults.ts';
import { resolveLogFile } from '../../shared/paths.ts';
import type { Options, ParsedArgs } from './command.ts';

/** The option that selects a running fleet, by the log file that it writes. */
export const logFileOption = {
  'log-file': { type: 'string', describe: 'Log file of the fleet', defaultValue: DEFAULTS.logFile },
} as const satisfies Options;

/** Absolute path of the log file. */
export function logFileFrom({ values }: Pick<ParsedArgs, 'values'>): string {
  return resolveLogFile(values.get('log-file'));
}
