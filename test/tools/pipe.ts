import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryDirectory } from './temporary.ts';

/** The two ends of a pipe, for one test. */
export async function pipe(): Promise<readonly [Socket, Socket]> {
  const server = createServer().listen(join(temporaryDirectory(), 'pipe'));
  await once(server, 'listening');
  const there = connect(server.address() as string);
  const [here] = (await once(server, 'connection')) as [Socket];
  onTestFinished(() => {
    here.destroy();
    there.destroy();
    server.close();
  });
  return [here, there];
}
