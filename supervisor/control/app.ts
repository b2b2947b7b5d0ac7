import type { RequestListener, Server } from 'node:http';
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import type { ErrorAnswer } from '../../shared/control-api.ts';
import type { UserError } from '../../shared/errors.ts';
import { toErrorResponse } from './error-response.ts';
import { addRoutes, type ControlContext } from './routes.ts';

/** Longest body that is read, in bytes: many times what the ratios of a large fleet take. */
const BODY_LIMIT = 16_384;

/** The handler of the control API for a server that listens already. Fastify takes 75 ms to import. */
export async function createControlApp(server: Server, controlled: ControlContext): Promise<RequestListener> {
  let handler: RequestListener | undefined;
  const answerError = (error: FastifyError | UserError, request: FastifyRequest, reply: FastifyReply) => {
    const { status, answer } = toErrorResponse(error, request);
    return reply.code(status).send(answer);
  };
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    // A ratio of "8" is a mistake to be told, not a number.
    ajv: { customOptions: { coerceTypes: false } },
    serverFactory: (created) => {
      handler = created;
      return server;
    },
    // The server answers these itself, also before this is loaded.
    clientErrorHandler: () => {},
    // What goes wrong before a route is found, as with a path that does not decode.
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
  addRoutes(app, controlled);
  await app.ready();
  return handler as RequestListener;
}
