import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { UserError } from '../../shared/errors.ts';
import { ARRIVAL_LIMITS, type ControlServer, createHttpServer, type ServerLimits } from '../control/server.ts';
import { SECURITY_HEADERS } from './security/security-headers.ts';

const LIMITS: ServerLimits = {
  ...ARRIVAL_LIMITS,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 8_192,
  // Answered like any other host that is not on the list.
  requireHostHeader: false,
  // Streams have a heartbeat: only one whose client does not read is idle for so long.
  idleTimeout: 30_000,
  maxConnections: 200,
  maxRequestsPerConnection: 1_000,
  closeTimeout: 250,
};

/** What the page's port and address can be refused for, by Node's error code. */
const PROBLEMS: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (_host, port) => `--page: port ${port} is in use; use another one, or 0 for any that is free`,
  EACCES: (_host, port) => `--page: port ${port} may not be used without privileges; use one above 1023, or 0 for any`,
  EADDRNOTAVAIL: (host) => `--page-host: ${host} is no address of this machine; use one of its own, or 127.0.0.1`,
};

/**
 * Creates the page's server; requests wait for its handler.
 * @throws {UserError} `bad-option`
 */
export async function listenForPage({
  host,
  port,
}: {
  readonly host: string;
  readonly port: number;
}): Promise<{ readonly server: ControlServer; readonly port: number }> {
  const server = createHttpServer(LIMITS, SECURITY_HEADERS);
  server.server.listen(port, host);
  try {
    await once(server.server, 'listening');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new UserError('bad-option', PROBLEMS[code]?.(host, port) ?? `--page: cannot listen on ${host}: ${message}`);
  }
  return { server, port: (server.server.address() as AddressInfo).port };
}
