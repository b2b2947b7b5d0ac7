import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { CONNECTION_IDLE_TIMEOUT_MS } from '../../shared/timing.ts';
import { answerHttpErrors } from './http-errors.ts';

/** Limits for hostile and broken clients; times in ms. */
export interface ServerLimits extends ServerOptions {
  /** How long a connection may be idle. */
  readonly idleTimeout: number;
  readonly maxConnections: number;
  readonly maxRequestsPerConnection: number;
  /** How long `close` waits for clients that are being answered. */
  readonly closeTimeout: number;
}

/** A request must have arrived completely after five seconds. */
export const ARRIVAL_LIMITS = {
  headersTimeout: 5_000,
  requestTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
} as const;

const CONTROL_LIMITS: ServerLimits = {
  ...ARRIVAL_LIMITS,
  keepAliveTimeout: 1_000,
  // There is only one host.
  requireHostHeader: false,
  idleTimeout: CONNECTION_IDLE_TIMEOUT_MS,
  // Each connection takes a file descriptor, of which some systems allow 4,096, and 14 KB. Beyond this new ones are
  // refused, until idle ones are closed after five to six seconds: with 4,000 idle ones a request got in after 5.2 s.
  maxConnections: 3_000,
  // A client that pipelines thousands of requests and reads no answer gets no further than this.
  maxRequestsPerConnection: 100,
  closeTimeout: 500,
};

/** An HTTP server that does not listen yet. */
export interface ControlServer {
  readonly server: Server;
  /** Resolves when the first request arrives. */
  readonly firstRequest: Promise<void>;
  /** Passes requests to `handler` from now on, beginning with those that have arrived already. */
  serve(handler: RequestListener): void;
  /** Stops listening at once; finishes answers, as long as its limit says. */
  close(): Promise<void>;
}

/** The server of the control socket. */
export function createControlServer(): ControlServer {
  return createHttpServer(CONTROL_LIMITS);
}

/**
 * Creates a server that can listen before its handler is loaded: early requests wait for `serve`.
 * @param headers of the answers to what is no request
 */
export function createHttpServer(limits: ServerLimits, headers: Readonly<Record<string, string>> = {}): ControlServer {
  const { idleTimeout, maxConnections, maxRequestsPerConnection, closeTimeout, ...options } = limits;
  let serve: (handler: RequestListener) => void = () => {};
  const handler = new Promise<RequestListener>((resolve) => {
    serve = resolve;
  });
  const server = createServer(options, async (request, response) => (await handler)(request, response));
  server.timeout = idleTimeout;
  server.maxConnections = maxConnections;
  server.maxRequestsPerSocket = maxRequestsPerConnection;
  answerHttpErrors(server, headers);
  const firstRequest = new Promise<void>((resolve) => {
    server.once('request', () => resolve());
  });
  return { server, firstRequest, serve, close: () => close(server, closeTimeout) };
}

async function close(server: Server, timeoutMs: number): Promise<void> {
  const forceCloseTimer = setTimeout(() => server.closeAllConnections(), timeoutMs);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(forceCloseTimer);
}
