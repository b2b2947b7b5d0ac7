import { requestFleet } from './control-client.ts';
import type {
  IncidentRequest,
  IncidentStatus,
  IncidentsAnswer,
  IncidentTypeInfo,
  IncidentTypesAnswer,
} from './incident-api.ts';

/**
 * The incident types of the fleet that writes `logFile`, an absolute path.
 * @throws {UserError} as `requestFleet`
 */
export async function fetchIncidentTypes(logFile: string): Promise<readonly IncidentTypeInfo[]> {
  return (await requestFleet<IncidentTypesAnswer>(logFile, { method: 'GET', path: '/v1/incident-types' })).types;
}

/**
 * The incidents that are planned, going on or were until lately in the fleet that writes `logFile`, an absolute path.
 * @throws {UserError} as `requestFleet`
 */
export async function fetchIncidents(logFile: string): Promise<readonly IncidentStatus[]> {
  return (await requestFleet<IncidentsAnswer>(logFile, { method: 'GET', path: '/v1/incidents' })).incidents;
}

/**
 * Starts an incident in the fleet that writes `logFile`, an absolute path.
 * @param request valid
 * @throws {UserError} `unknown-incident-type`, `unknown-target`, `conflict`, and as `requestFleet`
 */
export function requestIncident(logFile: string, request: IncidentRequest): Promise<IncidentStatus> {
  return requestFleet<IncidentStatus>(logFile, { method: 'POST', path: '/v1/incidents', body: request });
}

/**
 * Makes the recovery of an incident begin in the fleet that writes `logFile`, an absolute path.
 * @param isAtOnce without a recovery
 * @throws {UserError} `unknown-incident`, `conflict`, and as `requestFleet`
 */
export function requestStopOfIncident(logFile: string, id: string, isAtOnce: boolean): Promise<IncidentStatus> {
  const path = `/v1/incidents/${encodeURIComponent(id)}?at-once=${isAtOnce}`;
  return requestFleet<IncidentStatus>(logFile, { method: 'DELETE', path });
}
