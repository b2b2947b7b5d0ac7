import type { IncidentType } from '../incidents/incident-type.ts';
import type { Catalog } from '../simulation/catalog.ts';

/** What a scenario may name: services and types of incidents. */
export interface ScenarioContext {
  readonly catalog: Catalog;
  readonly types: readonly IncidentType[];
}
