import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { limitConnections } from '../../../supervisor/control/connection-limit.ts';
import { request, say, sayAndListen } from '../../tools/hostile-client.ts';
import { temporaryDirectory } from '../../tools/temporary.ts';

const MOST = 3;

/** A server that answers when it is told to. */
async function setUp() {
  const socketPath = path.join(temporaryDirectory(), 'server.sock');
  const asked: ServerResponse[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((_request, response) => {
    asked.push(response);
    for (const check of waiting) check();
  });
  limitConnections(server, MOST);
  server.listen(socketPath);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const hasAsked = (count: number) => {
    return new Promise<void>((resolve) => {
      const check = () => asked.length >= count && resolve();
      waiting.add(check);
      check();
    });
  };
  const enter = async (...parts: readonly string[]) => {
    const arrived = once(server, 'connection');
    const closed = once(say(socketPath, ...parts), 'close');
    await arrived;
    return closed;
  };
  return { socketPath, asked, hasAsked, enter };
}

const GET = request('GET /');

test.each([
  { what: 'nothing', parts: [] },
  { what: 'half a head', parts: ['GET / HT'] },
  { what: 'half a body', parts: [request('PATCH /', { 'content-length': 100 }, '{')] },
])('of too many who say $what the first has to go, and one who asks is answered', async ({ parts }) => {
  const { socketPath, asked, hasAsked, enter } = await setUp();
  const before = asked.length;
  const closed: Promise<unknown>[] = [];
  for (let guest = 0; guest < MOST; guest++) closed.push(...[enter(...parts)]);
  const answer = sayAndListen(socketPath, GET);
  await closed[0];
  const halves = parts[0]?.includes('content-length') ? MOST : 0;
  await hasAsked(before + halves + 1);
  for (const response of asked) response.end('answer');
  expect((await answer).answer).toMatch(/answer$/);
});

test('who is being served stays: of too many the newcomer has to go', async () => {
  const { socketPath, asked, hasAsked } = await setUp();
  const served = Array.from({ length: MOST }, () => sayAndListen(socketPath, GET));
  await hasAsked(MOST);
  expect(await sayAndListen(socketPath, GET)).toMatchObject({ status: undefined });
  for (const response of asked) response.end('answer');
  for (const { answer } of await Promise.all(served)) expect(answer).toMatch(/answer$/);
  const later = sayAndListen(socketPath, GET);
  await hasAsked(MOST + 1);
  asked.at(-1)?.end('answer');
  expect(await later).toMatchObject({ status: 200 });
});
