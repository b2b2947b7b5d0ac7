import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { isErrorCode } from '../../../shared/errors.ts';
import { createControlApp } from '../../../supervisor/control/app.ts';
import type { ControlContext } from '../../../supervisor/control/routes.ts';
import { createControlServer } from '../../../supervisor/control/server.ts';
import { request, sayAndListen } from '../../tools/hostile-client.ts';
import { temporaryDirectory } from '../../tools/temporary.ts';

/** A fleet without processes that records its calls. */
function recordingFleet(): ControlContext & { readonly calls: unknown[] } {
  const calls: unknown[] = [];
  const fleet = {
    ratios: { api: 2 },
    changeRatios: async (ratios: unknown) => {
      calls.push(ratios);
      return ratios;
    },
    statuses: () => {
      throw new Error('an internal error');
    },
  };
  const commands = { run: async (name: string, action: string) => void calls.push(`${action} ${name}`) };
  const shutDown = async () => {
    calls.push('shutdown');
    return { missingLines: 0 };
  };
  return { fleet, commands, logFile: '/tmp/app.log', shutDown, calls } as never;
}

let socketPath: string;
let calls: readonly unknown[];

beforeEach(async () => {
  socketPath = join(temporaryDirectory(), 'socket');
  const { server, serve, close } = createControlServer();
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  onTestFinished(close);
  const context = recordingFleet();
  ({ calls } = context);
  serve(await createControlApp(server, context));
});

const JSON_TYPE = { 'content-type': 'application/json' };
const patch = (body: string, headers: Readonly<Record<string, string | number>> = JSON_TYPE) =>
  request('PATCH /v1/ratios', { 'content-length': Buffer.byteLength(body), ...headers }, body);

describe('every answer but a 2xx has a code and a message', () => {
  test.each([
    ['invalid JSON', patch('{"api": 3'), 400, /JSON/],
    ['an empty body', patch('', JSON_TYPE), 400, /^the body must be an object, for example \{"api": 8\}$/],
    ['JSON that pollutes prototypes', patch('{"__proto__": {"api": 3}}'), 400, /./],
    ['an unknown route', request('GET /v9/everything'), 404, /^GET \/v9\/everything: no such route; /],
    [
      'a method that the route does not have',
      request('DELETE /v1/ratios'),
      404,
      /^DELETE \/v1\/ratios: no such route; /,
    ],
    ['an unusual method', request('PROPFIND /v1/ratios'), 404, /^PROPFIND \/v1\/ratios: no such route; /],
    ['a body that is too long', patch(`{"api": ${' '.repeat(20_000)}3}`), 413, /too large/],
    [
      'a body that announces too many bytes',
      patch('{', { ...JSON_TYPE, 'content-length': 67_108_864 }),
      413,
      /too large/,
    ],
    ['another type than JSON', patch('api=3', { 'content-type': 'text/csv' }), 415, /application\/json/],
    ['an invalid type', patch('api=3', { 'content-type': '///' }), 415, /application\/json/],
    ['a path that does not decode', request('GET /v1/%ff%'), 400, /^'\/v1\/%ff%' is not a valid url/],
    ['a name that is too long', request(`POST /v1/services/${'x'.repeat(200)}/stop`), 414, /./],
    ['a path that is too long', request(`GET /${'x'.repeat(20_000)}`), 431, /^the head of the request is too long; /],
    [
      'headers that are too long',
      request('GET /v1/ratios', { x: 'x'.repeat(20_000) }),
      431,
      /^the head of the request/,
    ],
    ['an unknown method', request('BREW /v1/ratios'), 400, /^not a valid HTTP request: .*method/],
    ['bytes that are not HTTP', '\u0000\u00ff\u0016\r\n\r\n', 400, /^not a valid HTTP request: /],
    [
      'two lengths',
      patch('{"api":3}', { ...JSON_TYPE, 'content-length': '9, 10' }),
      400,
      /^not a valid HTTP request: /,
    ],
    ['an expectation that is not met', request('GET /v1/ratios', { expect: 'tea' }), 417, /^expect: "tea" /],
    ['an error in the fleet', request('GET /v1/services'), 500, /^an internal error$/],
  ])('%s', async (_what, text, status, message) => {
    const { status: answered, answer } = await sayAndListen(socketPath, text);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^content-type: application\/json/im);
    const { code, ...rest } = JSON.parse(body);
    expect({ answered, rest }).toEqual({ answered: status, rest: { message: expect.stringMatching(message) } });
    expect(code === 'internal' ? status >= 500 : isErrorCode(code) && status < 500).toBe(true);
    expect(calls).toEqual([]);
  });
});

test('so has one that is sent before the app is loaded', async () => {
  const path = join(temporaryDirectory(), 'early');
  const { server, serve, close } = createControlServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => {
    serve(() => {});
    return close();
  });
  const { status, answer } = await sayAndListen(path, 'nonsense\r\n\r\n');
  expect(status).toBe(400);
  expect(JSON.parse(answer.split('\r\n\r\n')[1] as string)).toMatchObject({ code: 'bad-request' });
});

test('a request without a host is answered: there is only one host', async () => {
  const { status } = await sayAndListen(socketPath, 'GET /v1/ratios HTTP/1.1\r\nconnection: close\r\n\r\n');
  expect(status).toBe(200);
});

describe('a request that needs no body may have none, with any content type', () => {
  test.each([
    ['POST /v1/services/api/restart', 'restart api'],
    ['POST /v1/shutdown', 'shutdown'],
  ])('%s', async (line, what) => {
    for (const length of [{}, { 'content-length': 0 }]) {
      expect((await sayAndListen(socketPath, request(line, { ...JSON_TYPE, ...length }))).status).toBe(200);
    }
    const chunked = request(line, { ...JSON_TYPE, 'transfer-encoding': 'chunked' }, '0\r\n\r\n');
    expect((await sayAndListen(socketPath, chunked)).status).toBe(200);
    expect(calls).toEqual([what, what, what]);
  });
});

test('a body is still read as JSON', async () => {
  const { status } = await sayAndListen(
    socketPath,
    patch('{"api": 3}', { 'content-type': 'application/json; charset=utf-8' }),
  );
  expect(status).toBe(200);
  expect(calls).toEqual([{ api: 3 }]);
});
