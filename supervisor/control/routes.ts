import type { FastifyInstance } from 'fastify';
import type { RatiosAnswer, ServiceAction, ServicesAnswer, ShutdownAnswer } from '../../shared/control-api.ts';
import { checkRatios } from '../../shared/ratios.ts';
import type { World } from '../../shared/world.ts';
import type { Fleet } from '../fleet.ts';
import type { IncidentCommands } from '../incidents/incident-commands.ts';
import type { ServiceCommands } from '../process/service-commands.ts';
import { addIncidentRoutes } from './incident-routes.ts';
import { ratiosBody, serviceActionParams } from './schemas.ts';

/** What the control API acts on. */
export interface ControlContext {
  readonly fleet: Fleet;
  readonly commands: ServiceCommands;
  readonly incidents: IncidentCommands;
  readonly logFile: string;
  /** Link of the control page, if there is one. */
  readonly page?: string;
  /** Ends the fleet; resolves once every line is written and the log file is free for the next fleet. */
  readonly shutDown: () => Promise<{ readonly missingLines: number }>;
}

/** Adds the routes of the control API: `/v1/...`, JSON in and out. */
export function addRoutes(app: FastifyInstance, context: ControlContext): void {
  const { fleet, commands, logFile, page, shutDown } = context;

  app.get('/v1/ratios', (): RatiosAnswer => ({ ratios: fleet.ratios, inEffect: fleet.ratiosInEffect }));

  app.patch<{ Body: Readonly<Record<string, unknown>> }>(
    '/v1/ratios',
    { schema: { body: ratiosBody } },
    async ({ body }): Promise<RatiosAnswer> => {
      const ratios = await fleet.changeRatios(checkRatios(body));
      return { ratios, inEffect: fleet.ratiosInEffect };
    },
  );

  app.get('/v1/services', (): ServicesAnswer => {
    return { pid: process.pid, logFile, services: fleet.statuses(), ...(page === undefined ? {} : { page }) };
  });

  app.post<{ Params: { name: string; action: ServiceAction } }>(
    '/v1/services/:name/:action',
    { schema: { params: serviceActionParams } },
    ({ params }) => commands.run(params.name, params.action),
  );

  addIncidentRoutes(app, context.incidents);

  app.get('/v1/world', (): World => fleet.world);

  app.post('/v1/shutdown', async (): Promise<ShutdownAnswer> => {
    const { missingLines } = await shutDown();
    return { pid: process.pid, missingLines };
  });
}
