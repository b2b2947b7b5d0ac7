import { createServer, type RequestListener, type Server } from 'node:http';
import { CONNECTION_IDLE_TIMEOUT_MS } from '../../shared/timing.ts';
import { answerHttpErrors } from './http-errors.ts';

/** Limits for a hostile or broken client; times in ms. A request must have arrived completely after five seconds. */
const OPTIONS = {
  headersTimeout: 5_000,
  requestTimeout: 5_000,
  keepAliveTimeout: 1_000,
  connectionsCheckingInterval: 1_000,
  // There is only one host.
  requireHostHeader: false,
};

/**
 * Each connection takes a file descriptor, of which some systems allow 4,096, and 14 KB. Beyond this new ones are
 * refused, until idle ones are closed after five to six seconds: with 4,000 idle connections a request got in after 5.2 s.
 */
const MAX_CONNECTIONS = 3_000;

/** A client that pipelines thousands of requests and reads no answer gets no further than this. */
const MAX_REQUESTS_PER_CONNECTION = 100;

/** How long `close` waits for clients that are being answered, in ms. */
const CLOSE_TIMEOUT_MS = 500;

/** An HTTP server that does not listen yet. */
export interface ControlServer {
  readonly server: Server;
  /** Resolves when the first request arrives. */
  readonly firstRequest: Promise<void>;
  /** Passes requests to `handler` from now on, beginning with those that have arrived already. */
  serve(handler: RequestListener): void;
  /** Stops listening; finishes answers, for half a second at most. */
  close(): Promise<void>;
}

/** Creates a server that can listen before its handler is loaded: early requests wait for `serve`. */
export function createControlServer(): ControlServer {
  let serve: (handler: RequestListener) => void = () => {};
  const handler = new Promise<RequestListener>((resolve) => {
    serve = resolve;
  });
  const server = createServer(OPTIONS, async (request, response) => (await handler)(request, response));
  server.timeout = CONNECTION_IDLE_TIMEOUT_MS;
  server.maxConnections = MAX_CONNECTIONS;
  server.maxRequestsPerSocket = MAX_REQUESTS_PER_CONNECTION;
  answerHttpErrors(server);
  const firstRequest = new Promise<void>((resolve) => {
    server.once('request', () => resolve());
  });
  return { server, firstRequest, serve, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const forceCloseTimer = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(forceCloseTimer);
}
