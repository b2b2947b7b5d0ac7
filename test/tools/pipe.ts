import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryDirectory } from './temporary.ts';

/** Creates a connected pair of sockets that is closed when the test has finished. */
export async function pipe(): Promise<readonly [Socket, Socket]> {
  const server = createServer().listen(join(temporaryDirectory(), 'pipe'));
  await once(server, 'listening');
  const client = connect(server.address() as string);
  const [peer] = (await once(server, 'connection')) as [Socket];
  onTestFinished(() => {
    peer.destroy();
    client.destroy();
    server.close();
  });
  return [peer, client];
}
