import { DEFAULTS } from '../../shared/defaults.ts';
import { resolveLogFile } from '../../shared/paths.ts';
import { type Options, stringOption } from './arguments.ts';

/** The option that says which fleet is meant: that which writes this file. */
export const logFileOption = {
  'log-file': { type: 'string', describe: `Log file of the fleet [default: ${DEFAULTS.logFile}]` },
} as const satisfies Options;

/**
 * Absolute path of the log file meant.
 * @throws {UserError} `bad-option`
 */
export function logFileFrom(values: Readonly<Record<string, unknown>>): string {
  return resolveLogFile(stringOption('--log-file', values['log-file'], DEFAULTS.logFile));
}
