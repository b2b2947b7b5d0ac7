/**
 * Control of a running fleet from code.
 *
 *     import { getCurrentRatios, updateRatios } from 'demo-backend-log-generator';
 *
 *     await updateRatios({ api: 7, payment: 9 });
 *     console.log(await getCurrentRatios());
 */

import { changeRatios, fetchRatios } from './control-client.ts';
import { resolveLogFile } from './paths.ts';
import type { Ratios } from './ratios.ts';
import { validateControlOptions, validateRatios } from './validate-arguments.ts';

export { type ErrorCode, UserError } from './errors.ts';
export type { Ratios } from './ratios.ts';

/** Selects the fleet to control. */
export interface ControlOptions {
  /** The log file that it writes, absolute or relative to the working directory. Default: `app.log`. */
  readonly logFile?: string;
}

/**
 * Changes the ratios of the named services, all of them or none; the other services keep theirs.
 * @param ratios bad lines in ten by the service's short name: 0 to 10, whole or in tenths
 * @returns the ratios of every service, once they are in effect: every line written from now on follows them
 * @throws {UserError} with `code` `bad-ratio`, `bad-request`, `bad-option`, `unknown-service`, `no-fleet`,
 *   `not-permitted` or `no-answer`
 */
export async function updateRatios(ratios: Ratios, options: ControlOptions = {}): Promise<Ratios> {
  const valid = validateRatios(ratios);
  return changeRatios(resolveLogFile(validateControlOptions(options)), valid);
}

/**
 * The ratios in effect, by each service's short name.
 * @throws {UserError} with `code` `bad-option`, `no-fleet`, `not-permitted` or `no-answer`
 */
export async function getCurrentRatios(options: ControlOptions = {}): Promise<Ratios> {
  return fetchRatios(resolveLogFile(validateControlOptions(options)));
}
