/**
 * Control of a running fleet from code.
 *
 *     import { getCurrentRatios, updateRatios } from 'demo-backend-log-generator';
 *
 *     await updateRatios({ api: 7, payment: 9 });
 *     console.log(await getCurrentRatios());
 */

import type { RatiosAnswer } from './control-api.ts';
import { requestFleet } from './control-client.ts';
import type { Ratios } from './ratios.ts';
import { validateFleetOptions, validateRatios } from './validate-arguments.ts';

export { type ErrorCode, UserError } from './errors.ts';
export type { Ratios } from './ratios.ts';

/** Which fleet is meant. */
export interface FleetOptions {
  /** The log file that it writes, absolute or from the working directory. Default: `app.log`. */
  readonly logFile?: string;
}

/**
 * Changes the ratios of the services named, all of them or none, and leaves the others as they are.
 * @param ratios bad lines in ten by the service's short name: 0 to 10, whole or in tenths
 * @returns the ratios of every service, once they hold: no line that is written from now on follows the old ones
 * @throws {UserError} with `code` `bad-ratio`, `bad-request`, `bad-option`, `unknown-service`, `no-fleet` or
 *   `no-answer`
 */
export async function updateRatios(ratios: Ratios, options: FleetOptions = {}): Promise<Ratios> {
  validateRatios(ratios);
  const logFile = validateFleetOptions(options);
  const answer = await requestFleet<RatiosAnswer>(logFile, { method: 'PATCH', path: '/v1/ratios', body: ratios });
  return answer.ratios;
}

/**
 * The ratios that hold now, by each service's short name.
 * @throws {UserError} with `code` `bad-option`, `no-fleet` or `no-answer`
 */
export async function getCurrentRatios(options: FleetOptions = {}): Promise<Ratios> {
  const answer = await requestFleet<RatiosAnswer>(validateFleetOptions(options), { method: 'GET', path: '/v1/ratios' });
  return answer.ratios;
}
