import type { RequestListener, Server } from 'node:http';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { ErrorAnswer } from '../../shared/control-api.ts';
import type { UserError } from '../../shared/errors.ts';
import { toErrorResponse } from './error-response.ts';
import { addRoutes, type ControlContext } from './routes.ts';

/** Many times what the ratios of a large fleet take. */
const MAX_BODY_BYTES = 16_384;

/** Creates the handler of the control API for a server that is listening already. Fastify takes 75 ms to import. */
export function createControlApp(server: Server, context: ControlContext): Promise<RequestListener> {
  return createApp(server, (app) => addRoutes(app, context));
}

/** The same with other routes. */
export async function createApp(server: Server, addTo: (app: FastifyInstance) => void): Promise<RequestListener> {
  let handler: RequestListener | undefined;
  const answerError = (error: FastifyError | UserError, request: FastifyRequest, reply: FastifyReply) => {
    const { status, answer } = toErrorResponse(error, request);
    return reply.code(status).send(answer);
  };
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    serverFactory: (created) => {
      handler = created;
      return server;
    },
    // The server answers these itself, even before this app is loaded.
    clientErrorHandler: () => {},
    // Errors before a route is found, such as a path that does not decode.
    frameworkErrors: answerError,
  });
  app.setErrorHandler(answerError);
  // Clients name the type of a body that they do not send.
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null);
    else parseJson(request, body as string, done);
  });
  app.setNotFoundHandler(({ method, url }, reply) => {
    const message = `${method} ${url}: no such route; the README lists them all`;
    return reply.code(404).send({ code: 'bad-request', message } satisfies ErrorAnswer);
  });
  addTo(app);
  await app.ready();
  return handler as RequestListener;
}
