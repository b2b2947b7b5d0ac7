import type { FastifyInstance } from 'fastify';
import { checkIncidentRequest } from '../../shared/check-incident.ts';
import { UserError } from '../../shared/errors.ts';
import type { IncidentStatus, IncidentsAnswer, IncidentTypesAnswer } from '../../shared/incident-api.ts';
import type { IncidentCommands } from '../incidents/incident-commands.ts';

/** Adds the routes about incidents. */
export function addIncidentRoutes(app: FastifyInstance, incidents: IncidentCommands): void {
  app.get('/v1/incident-types', async (): Promise<IncidentTypesAnswer> => ({ types: await incidents.types() }));

  app.get('/v1/incidents', (): IncidentsAnswer => ({ incidents: incidents.statuses() }));

  app.post('/v1/incidents', async ({ body }): Promise<IncidentStatus> => incidents.start(checkIncidentRequest(body)));

  app.delete<{ Params: { id: string }; Querystring: Readonly<Record<string, unknown>> }>(
    '/v1/incidents/:id',
    async ({ params, query }): Promise<IncidentStatus> => incidents.stop(params.id, isAtOnce(query)),
  );
}

/** A schema would drop what it does not know, and another stop than the one that was meant would be made. */
function isAtOnce({ 'at-once': value = 'false', ...others }: Readonly<Record<string, unknown>>): boolean {
  if (Object.keys(others).length > 0 || (value !== 'true' && value !== 'false')) {
    throw new UserError('bad-request', 'the query of a stop may be at-once=true or at-once=false, and nothing else');
  }
  return value === 'true';
}
