/** The functions about incidents: what they refuse before they ask a fleet, and what they ask it. */

import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { getIncidents, startIncident, stopIncident, UserError } from '../../shared/index.ts';
import { controlSocketPath } from '../../shared/paths.ts';

const LOG_FILE = '/var/log/demo.log';

/** Starts a fleet that answers every request with an empty list; returns what it was asked. */
async function serve(): Promise<readonly (readonly [string, string])[]> {
  const asked: (readonly [string, string])[] = [];
  const socket = controlSocketPath(LOG_FILE);
  mkdirSync(path.dirname(socket), { recursive: true, mode: 0o700 });
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    asked.push([`${request.method} ${request.url}`, body]);
    response.end('{"incidents":[]}');
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return asked;
}

const FLEET = { logFile: LOG_FILE };

test.each([
  {
    call: () => startIncident({ type: 'quiet', for: 60_000 }, FLEET),
    asks: ['POST /v1/incidents', '{"type":"quiet","for":60000}'],
  },
  { call: () => stopIncident('a.b', FLEET), asks: ['DELETE /v1/incidents/a.b?at-once=false', ''] },
  { call: () => stopIncident('a', { ...FLEET, atOnce: true }), asks: ['DELETE /v1/incidents/a?at-once=true', ''] },
  { call: () => getIncidents(FLEET), asks: ['GET /v1/incidents', ''] },
])('$asks', async ({ call, asks }) => {
  const asked = await serve();
  await call();
  expect(asked).toEqual([asks]);
});

describe('what is refused without asking', () => {
  test.each([
    { call: () => startIncident('quiet' as never), code: 'bad-request', message: /^"quiet" is no incident; / },
    { call: () => startIncident({ type: 'x', for: 1 }, FLEET), code: 'bad-option', message: /^for: 1 is invalid; / },
    { call: () => startIncident({ type: 'x' }, { atOnce: 1 } as never), code: 'bad-option', message: /no "atOnce"/ },
    { call: () => stopIncident(undefined as never, FLEET), code: 'bad-option', message: /^id: undefined is invalid; / },
    { call: () => stopIncident('a', { atonce: true } as never), code: 'bad-option', message: /there is no "atonce"/ },
    { call: () => stopIncident('a', { atOnce: 1 } as never), code: 'bad-option', message: /^atOnce: 1 is invalid; / },
    { call: () => stopIncident('a', null as never), code: 'bad-option', message: /^options: null is invalid; / },
    { call: () => getIncidents({ logfile: 'x' } as never), code: 'bad-option', message: /there is no "logfile"/ },
  ])('$message', async ({ call, code, message }) => {
    const asked = await serve();
    const error = await call().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(asked).toEqual([]);
  });
});
