import { createServer, type RequestListener, type Server } from 'node:http';
import { limitConnections } from './connection-limit.ts';
import { answerHttpErrors } from './http-errors.ts';

/** What keeps a hostile or broken client short, times in ms. */
const OPTIONS = {
  headersTimeout: 5_000,
  requestTimeout: 5_000,
  keepAliveTimeout: 1_000,
  connectionsCheckingInterval: 1_000,
  // There is one host only.
  requireHostHeader: false,
};

/** How long a connection may stand still, in ms: longer than any command takes to be answered. */
const IDLE_TIMEOUT_MS = 30_000;

/** Requests on one connection: a client that sends thousands without reading an answer gets no further. */
const MAX_REQUESTS_PER_CONNECTION = 100;

export interface ControlServer {
  readonly server: Server;
  /** Resolves when somebody asks for something. */
  readonly firstRequest: Promise<void>;
  /** Serves requests from now on, those first that came before. */
  serve(handler: RequestListener): void;
  /** Finishes what is being answered, but waits for no client longer than half a second. */
  close(): Promise<void>;
}

const CLOSE_TIMEOUT_MS = 500;

/** A server that can hold the socket before there is anything to answer with: early requests wait. */
export function createControlServer(): ControlServer {
  let serve: (handler: RequestListener) => void = () => {};
  const handler = new Promise<RequestListener>((resolve) => {
    serve = resolve;
  });
  const server = createServer(OPTIONS, async (request, response) => (await handler)(request, response));
  server.timeout = IDLE_TIMEOUT_MS;
  server.maxRequestsPerSocket = MAX_REQUESTS_PER_CONNECTION;
  limitConnections(server);
  answerHttpErrors(server);
  const firstRequest = new Promise<void>((resolve) => {
    server.once('request', () => resolve());
  });
  return { server, firstRequest, serve, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const impatience = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(impatience);
}
