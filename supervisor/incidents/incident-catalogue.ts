import type { Incident } from '../../shared/incident.ts';
import type { IncidentRequest, IncidentTypeInfo } from '../../shared/incident-api.ts';
import type { IncidentPlan } from '../world/shared-world.ts';

/** A valid request, with the id that the incident gets. */
export interface IncidentOrder extends IncidentRequest {
  readonly id: string;
  readonly startedBy: Incident['startedBy'];
}

/** What the supervisor, which knows no service, has to be told about incidents. */
export interface IncidentCatalogue {
  list(): Promise<readonly IncidentTypeInfo[]>;
  /** @throws {UserError} `unknown-incident-type`, `unknown-target` */
  plan(order: IncidentOrder): Promise<IncidentPlan>;
}
