import { UserError } from '../../shared/errors.ts';
import type { IncidentTypeInfo } from '../../shared/incident-api.ts';
import type { IncidentCatalogue, IncidentOrder } from '../../supervisor/incidents/incident-catalogue.ts';
import type { IncidentPlan } from '../../supervisor/world/shared-world.ts';
import { paymentIncident } from './incident.ts';

/** One incident type, for a fleet whose services have no definitions; it records what it is asked for. */
export class RecordingCatalogue implements IncidentCatalogue {
  readonly orders: IncidentOrder[] = [];

  async list(): Promise<readonly IncidentTypeInfo[]> {
    return [{ name: 'payment-down' } as IncidentTypeInfo];
  }

  async plan(order: IncidentOrder): Promise<IncidentPlan> {
    if (order.type !== 'payment-down') throw new UserError('unknown-incident-type', `${order.type}: no such type`);
    this.orders.push(order);
    return (at: number) => ({ ...paymentIncident(at, order.id), startedBy: order.startedBy });
  }
}
