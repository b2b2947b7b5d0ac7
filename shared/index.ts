/**
 * Control of a running fleet from code.
 *
 *     import { getCurrentRatios, startIncident, updateRatios } from 'demo-backend-log-generator';
 *
 *     await updateRatios({ api: 7, payment: 9 });
 *     console.log(await getCurrentRatios());
 *     await startIncident({ type: 'payment-provider-down', for: 600_000 });
 */

import { checkIncidentId, checkIncidentRequest } from './check-incident.ts';
import { changeRatios, fetchRatios } from './control-client.ts';
import type { IncidentRequest, IncidentStatus } from './incident-api.ts';
import { fetchIncidents, requestIncident, requestStopOfIncident } from './incident-client.ts';
import { resolveLogFile } from './paths.ts';
import type { Ratios } from './ratios.ts';
import { validateControlOptions, validateRatios, validateStopOptions } from './validate-arguments.ts';

export { type ErrorCode, UserError } from './errors.ts';
export type { IncidentRequest, IncidentStatus } from './incident-api.ts';
export type { Ratios } from './ratios.ts';

/** Selects the fleet to control. */
export interface ControlOptions {
  /** The log file that it writes, absolute or relative to the working directory. Default: `app.log`. */
  readonly logFile?: string;
}

/** How an incident is stopped, and in which fleet. */
export interface StopIncidentOptions extends ControlOptions {
  /** It is gone at once, without a recovery. Default: false. */
  readonly atOnce?: boolean;
}

/**
 * Changes the ratios of the named services, all of them or none; the other services keep theirs.
 * @param ratios bad lines in ten by the service's short name: 0 to 10, whole or in tenths
 * @returns the ratios of every service as they are set, once they are in effect: every line written from now on follows
 *   them. One that is set during an incident is in effect as it is until that is over.
 * @throws {UserError} with `code` `bad-ratio`, `bad-request`, `bad-option`, `unknown-service`, `no-fleet`,
 *   `not-permitted` or `no-answer`
 */
export async function updateRatios(ratios: Ratios, options: ControlOptions = {}): Promise<Ratios> {
  const valid = validateRatios(ratios);
  return (await changeRatios(resolveLogFile(validateControlOptions(options)), valid)).ratios;
}

/**
 * The ratios as they are set, by each service's short name; incidents may move them.
 * @throws {UserError} with `code` `bad-option`, `no-fleet`, `not-permitted` or `no-answer`
 */
export async function getCurrentRatios(options: ControlOptions = {}): Promise<Ratios> {
  return (await fetchRatios(resolveLogFile(validateControlOptions(options)))).ratios;
}

/**
 * Starts an incident: one root cause, its symptoms, its phases and its end, all planned from now on.
 * @param request its type, one of those that `npm run incident -- list` shows, and what is to differ from it
 * @returns the plan, once the incident is part of what every service does
 * @throws {UserError} with `code` `bad-option`, `bad-request`, `unknown-incident-type`, `unknown-target`, `conflict`,
 *   `no-fleet`, `not-permitted` or `no-answer`
 */
export async function startIncident(request: IncidentRequest, options: ControlOptions = {}): Promise<IncidentStatus> {
  const valid = checkIncidentRequest(request);
  return requestIncident(resolveLogFile(validateControlOptions(options)), valid);
}

/**
 * Makes the recovery of an incident begin now, or the incident be gone.
 * @returns what is planned from now on
 * @throws {UserError} with `code` `bad-option`, `unknown-incident`, `conflict`, `no-fleet`, `not-permitted` or `no-answer`
 */
export async function stopIncident(id: string, options: StopIncidentOptions = {}): Promise<IncidentStatus> {
  const valid = checkIncidentId('id', id);
  const { logFile, atOnce } = validateStopOptions(options);
  return requestStopOfIncident(resolveLogFile(logFile), valid, atOnce);
}

/**
 * The incidents that are planned, going on or ended less than an hour ago, by when they were started.
 * @throws {UserError} with `code` `bad-option`, `no-fleet`, `not-permitted` or `no-answer`
 */
export async function getIncidents(options: ControlOptions = {}): Promise<readonly IncidentStatus[]> {
  return fetchIncidents(resolveLogFile(validateControlOptions(options)));
}
