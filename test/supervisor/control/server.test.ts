import { once } from 'node:events';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createControlServer } from '../../../supervisor/control/server.ts';
import { request, say, sayAndListen } from '../../tools/hostile-client.ts';
import { temporaryDirectory } from '../../tools/temporary.ts';

/** Fewer than the backlog of a socket holds. */
const BURST = 250;

async function listen() {
  const socketPath = path.join(temporaryDirectory(), 'server.sock');
  const control = createControlServer();
  control.server.listen(socketPath);
  await once(control.server, 'listening');
  onTestFinished(control.close);
  return { ...control, socketPath };
}

test('with 2,000 idle connections open a request is answered promptly', async () => {
  const { server, serve, socketPath } = await listen();
  serve((_request, response) => response.end('answer'));
  let accepted = 0;
  server.on('connection', () => accepted++);
  for (let opened = BURST; opened <= 2_000; opened += BURST) {
    const idle = Array.from({ length: BURST }, (_, index) => say(socketPath, ...(index % 2 ? ['GET /v1'] : [])));
    onTestFinished(() => {
      for (const socket of idle) socket.destroy();
    });
    await expect.poll(() => accepted).toBe(opened);
  }
  const { status, ms } = await sayAndListen(socketPath, request('GET /'));
  expect(status).toBe(200);
  expect(ms).toBeLessThan(3_000);
  expect(server.maxConnections).toBeGreaterThan(2_000);
});

test('a request that arrives before there is a handler waits for it', async () => {
  const { serve, firstRequest, socketPath } = await listen();
  const answered = sayAndListen(socketPath, request('GET /'));
  await firstRequest;
  serve((_request, response) => response.end('answer'));
  expect((await answered).answer).toMatch(/answer$/);
});
