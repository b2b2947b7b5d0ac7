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
const STILL_WITHIN = 30_000;

/** Requests on one connection: a client that sends thousands without reading an answer gets no further. */
const MOST_REQUESTS = 100;

export interface ControlServer {
  readonly server: Server;
  /** Resolves when somebody asks for something. */
  readonly asked: Promise<void>;
  /** Serves requests from now on, those first that came before. */
  serve(handler: RequestListener): void;
  /** Finishes what is being answered, but waits for no client longer than half a second. */
  close(): Promise<void>;
}

const LAST_ANSWERS_WITHIN = 500;

/** A server that can hold the socket before there is anything to answer with: early requests wait. */
export function createControlServer(): ControlServer {
  let serve: (handler: RequestListener) => void = () => {};
  const handler = new Promise<RequestListener>((resolve) => {
    serve = resolve;
  });
  const server = createServer(OPTIONS, async (request, response) => (await handler)(request, response));
  server.timeout = STILL_WITHIN;
  server.maxRequestsPerSocket = MOST_REQUESTS;
  limitConnections(server);
  answerHttpErrors(server);
  const asked = new Promise<void>((resolve) => {
    server.once('request', () => resolve());
  });
  return { server, asked, serve, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const impatience = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_WITHIN);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(impatience);
}
