import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** Most connections at a time: each takes a file descriptor, and hundreds of commands may come at once. */
const MAX_CONNECTIONS = 1_000;

/**
 * Keeps the number of a server's connections in bounds without ever shutting out one who asks: when there are too many,
 * the first to go is who has been silent longest, for nothing is being done for it. Only when all are being served the
 * newcomer has to leave. (`maxConnections` would refuse the newcomer always.)
 */
export function limitConnections(server: Server, most: number = MAX_CONNECTIONS): void {
  /** In the order in which they came, each with its requests that are not answered yet. */
  const connections = new Map<Socket, Set<IncomingMessage>>();
  server.on('connection', (socket) => {
    if (connections.size >= most) (firstSilent(connections) ?? socket).destroy();
    connections.set(socket, new Set());
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', (request, response) => {
    const unanswered = connections.get(request.socket);
    unanswered?.add(request);
    response.once('close', () => unanswered?.delete(request));
  });
}

function firstSilent(connections: ReadonlyMap<Socket, ReadonlySet<IncomingMessage>>): Socket | undefined {
  for (const [socket, unanswered] of connections) {
    // Half a request is not being served either.
    if (!socket.destroyed && ![...unanswered].some(({ complete }) => complete)) return socket;
  }
  return undefined;
}
