import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { allowedHosts } from '../../../supervisor/page/security/allowed-hosts.ts';
import { hasToken } from '../../../supervisor/page/security/token.ts';
import { request, say, sayAndListen } from '../../tools/hostile-client.ts';
import type { PageAnswer, PageClient, PageRequest } from '../../tools/page-client.ts';
import { openPage } from '../../tools/page-of-fixtures.ts';

/** Every route, with what its request has as a body. */
const ROUTES = [
  ['GET', '/v1/ratios'],
  ['PATCH', '/v1/ratios', '{"api":9}'],
  ['GET', '/v1/services'],
  ['POST', '/v1/services/api/kill'],
  ['GET', '/v1/incident-types'],
  ['GET', '/v1/incidents'],
  ['POST', '/v1/incidents', '{"type":"quiet"}'],
  ['DELETE', '/v1/incidents/quiet-1'],
  ['GET', '/v1/world'],
  ['POST', '/v1/shutdown'],
  ['GET', '/v1/events'],
  ['GET', '/v1/tail'],
  ['GET', '/v1/scenarios'],
] as const;

/** For tests that use it up: a page of its own. */
const openAnother = () => openPage({ onTestFinished });

const cleanUps: (() => unknown)[] = [];
let shared: Awaited<ReturnType<typeof openPage>>;

beforeAll(async () => {
  shared = await openPage({ onTestFinished: (cleanUp) => cleanUps.push(() => cleanUp({} as never)) });
});

afterAll(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
});
const portOf = ({ address }: PageClient) => Number(new URL(address).port);

/** The headers that every answer must have, and those that none may. */
function expectSafe({ headers }: Pick<PageAnswer, 'headers'>): void {
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; /);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  expect(headers['cache-control']).toBe('no-store');
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  expect(headers['set-cookie']).toBeUndefined();
}

/** The same for an answer as text. */
function expectSafeText(answer: string): void {
  const [head = ''] = answer.split('\r\n\r\n');
  const lines = head.split('\r\n').slice(1);
  expectSafe({ headers: Object.fromEntries(lines.map((line) => line.toLowerCase().split(/: (.*)/s))) });
}

describe('another web site, which the browser of the user visits', () => {
  test.each([
    ['a name that leads here (DNS rebinding)', 'evil.test:PORT'],
    ['one that begins like ours', '127.0.0.1.evil.test:PORT'],
    ['another port', '127.0.0.1:1'],
    ['no port', '127.0.0.1'],
    ['another address of the loopback interface', '127.0.0.2:PORT'],
    ['a user in front', 'x@127.0.0.1:PORT'],
  ])('is refused as the host: %s', async (_, host) => {
    const { client } = shared;
    const headers = { ...client.authorization, host: host.replace('PORT', String(portOf(client))) };
    for (const path of ['/', '/v1/ratios', '/nowhere']) {
      const answer = await client.send(path, { headers });
      expect(answer.status, path).toBe(403);
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'not-permitted' });
      expectSafe(answer);
    }
  });

  test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('but not the page itself as %s', async (name) => {
    const { client } = shared;
    const host = `${name}:${portOf(client)}`;
    const headers = { ...client.authorization, host, origin: `http://${host.toLowerCase()}` };
    expect((await client.send('/v1/ratios', { headers })).status).toBe(200);
  });

  test('is refused without a host', async () => {
    const { client } = shared;
    for (const head of ['GET / HTTP/1.0', 'GET / HTTP/1.1', 'GET / HTTP/1.1\r\nhost: ']) {
      const text = `${head}\r\nconnection: close\r\n\r\n`;
      const { status, answer } = await sayAndListen({ port: portOf(client) }, text);
      expect(status).toBe(403);
      expectSafeText(answer);
    }
  });

  test.each([
    'null',
    'http://evil.test',
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'https://127.0.0.1:PORT',
    'http://localhost:PORT',
    'http://127.0.0.1:PORT.evil.test',
    '',
  ])('is refused as the origin: %s', async (origin) => {
    const { client } = shared;
    const headers = { ...client.authorization, origin: origin.replace('PORT', String(portOf(client))) };
    for (const [method, path] of ROUTES) {
      const answer = await client.send(path, { method, headers });
      expect(answer.status, path).toBe(403);
      expectSafe(answer);
    }
  });

  test.each(['cross-site', 'same-site'])('is refused when the browser says that it is %s', async (site) => {
    const { client } = shared;
    const headers = { ...client.authorization, 'sec-fetch-site': site };
    for (const path of ['/', '/v1/ratios']) expect((await client.send(path, { headers })).status).toBe(403);
  });

  test.each(['same-origin', 'none'])('but not the page itself, nor the address that was typed: %s', async (site) => {
    const { client } = shared;
    const headers = { ...client.authorization, 'sec-fetch-site': site };
    for (const path of ['/', '/v1/ratios']) expect((await client.send(path, { headers })).status).toBe(200);
  });

  test('is told nothing by a preflight', async () => {
    const { client } = shared;
    const headers = { 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'authorization' };
    const answer = await client.send('/v1/ratios', { method: 'OPTIONS', headers });
    expect(answer.status).toBe(405);
    expectSafe(answer);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
  ])('could send a body of type %s without a preflight: that is refused, with the token too', async (type) => {
    const { client, fleet } = shared;
    const headers = { ...client.authorization, 'content-type': type };
    for (const [method, path, body = '{}'] of ROUTES) {
      if (method === 'GET') continue;
      expect((await client.send(path, { method, headers, body })).status, path).toBe(415);
    }
    expect(fleet.ratios.api).toBe(2);
  });
});

describe('another user of the machine, who has no token', () => {
  test.each(ROUTES)('%s %s', async (method, path, body?: string) => {
    const { client, fleet, status, shutdowns } = shared;
    const { pid } = status('api');
    const { token } = client;
    const attempts: readonly Readonly<Record<string, string>>[] = [
      {},
      { authorization: '' },
      { authorization: 'Bearer ' },
      { authorization: `Bearer ${token}x` },
      { authorization: `Bearer ${token.slice(0, -1)}` },
      { authorization: `Bearer ${'A'.repeat(token.length)}` },
      { authorization: `Basic ${token}` },
      { authorization: token },
      { cookie: `token=${token}` },
    ];
    for (const attempt of attempts) {
      const headers = { ...attempt, 'content-type': 'application/json' };
      const answer = await client.send(path, { method, headers, ...(body === undefined ? {} : { body }) });
      expect(answer.status, JSON.stringify(attempt)).toBe(401);
      expectSafe(answer);
    }
    const inQuery = await client.send(`${path}?token=${token}`, { method });
    expect(inQuery.status).toBe(401);
    expect(fleet.ratios.api).toBe(2);
    expect(status('api').pid).toBe(pid);
    expect(shutdowns()).toBe(0);
  });

  test.each([
    '/%76%31/ratios',
    '/v1%2fratios',
    '//v1/ratios',
    '/./v1/ratios',
    '/x/../v1/ratios',
    '/V1/ratios',
    '/v1/ratios/',
    '/v1/ratios?x',
    '/v1/ratios#x',
    '/;/v1/ratios',
    'http://127.0.0.1/v1/ratios',
    '/main.js/../v1/ratios',
    '/nowhere',
    '*',
    '/../package.json',
    '/%2e%2e/%2e%2e/package.json',
    '/shared/../../../package.json',
    '/vendor/..%2f..%2fpackage.json',
    '/tsconfig.json',
    '/main.ts',
    '/favicon.ico',
  ])('gets nothing by another form of a path: %s', async (path) => {
    const { client } = shared;
    const headers = { host: new URL(client.address).host };
    const { status, answer } = await sayAndListen({ port: portOf(client) }, request(`GET ${path}`, headers));
    expect(status).toBe(401);
    expectSafeText(answer);
  });

  test('gets the files of the page, which are no secret', async () => {
    const { client } = shared;
    const files: Readonly<Record<string, string>> = {
      '/': 'text/html; charset=utf-8',
      '/index.html?x=1': 'text/html; charset=utf-8',
      '/main.js': 'text/javascript; charset=utf-8',
      '/shared/page-api.js': 'text/javascript; charset=utf-8',
      '/vendor/uplot.js': 'text/javascript; charset=utf-8',
      '/vendor/uplot.css': 'text/css; charset=utf-8',
    };
    for (const [path, type] of Object.entries(files)) {
      const answer = await client.send(path);
      expect(answer.status, path).toBe(200);
      expect(answer.headers['content-type']).toBe(type);
      expect(answer.body).not.toContain(client.token);
      expectSafe(answer);
      const head = await client.send(path, { method: 'HEAD' });
      expect([head.status, head.body]).toEqual([200, '']);
      expect((await client.send(path, { method: 'POST' })).status).toBe(405);
    }
    expect((await client.send('/vendor/uplot.js')).body).toMatch(/export default uPlot;\n$/);
  });
});

test('a token has 192 random bits, and each page another one', async () => {
  const [first, second] = [shared, await openAnother()];
  expect(first.client.token).toMatch(/^[\w-]{32}$/);
  expect(first.client.token).not.toBe(second.client.token);
  expect(hasToken(`bearer  ${first.client.token}`, first.client.token)).toBe(true);
  expect(hasToken(`Bearer ${first.client.token}`, second.client.token)).toBe(false);
});

test.each([
  ['127.0.0.1', 7070, ['127.0.0.1:7070', 'localhost:7070', '[::1]:7070'], ['127.0.0.1', '192.0.2.7:7070']],
  ['192.0.2.7', 7070, ['192.0.2.7:7070', '127.0.0.1:7070'], ['192.0.2.8:7070', '192.0.2.7']],
  ['2001:DB8::7', 7070, ['[2001:db8::7]:7070'], ['2001:db8::7:7070']],
  ['127.0.0.1', 80, ['127.0.0.1', '127.0.0.1:80', 'localhost', '[::1]'], ['127.0.0.1:8080']],
  ['0.0.0.0', 7070, ['127.0.0.1:7070'], ['0.0.0.0:7070', 'evil.test:7070']],
] as const)('hosts of a page on %s, port %d', (address, port, allowed, refused) => {
  const hosts = allowedHosts(address, port);
  for (const host of allowed) expect(hosts, host).toContain(host);
  for (const host of refused) expect(hosts, host).not.toContain(host);
});

test('another address comes with a warning', async () => {
  expect(shared.page.warning).toBeUndefined();
  const { page } = await openPage({ onTestFinished }, '0.0.0.0');
  expect(page.warning).toMatch(/^--page-host 0\.0\.0\.0: whoever can reach this address /);
  expect(page.link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=/);
});

describe('every answer is safe', () => {
  const json = { 'content-type': 'application/json' };
  test.each<[what: string, status: number, path: string, request: PageRequest]>([
    ['an answer', 200, '/v1/services', {}],
    ['no such route', 404, '/v1/nothing', {}],
    ['no such method of a route', 404, '/v1/ratios', { method: 'DELETE' }],
    ['no such service', 404, '/v1/services/nobody/kill', { method: 'POST' }],
    ['no such action', 400, '/v1/services/api/explode', { method: 'POST' }],
    ['a path that does not decode', 400, '/v1/%zz', {}],
    ['a bad query', 400, '/v1/tail?levels=LOUD', {}],
    ['a method that nobody needs', 405, '/v1/ratios', { method: 'TRACE' }],
    ['a stream without its body', 404, '/v1/events', { method: 'HEAD' }],
    ['JSON that is none', 400, '/v1/ratios', { method: 'PATCH', headers: json, body: '{' }],
    ['a ratio that is none', 400, '/v1/ratios', { method: 'PATCH', headers: json, body: '{"api":11}' }],
    ['a prototype', 400, '/v1/ratios', { method: 'PATCH', headers: json, body: '{"__proto__":{"api":1}}' }],
    ['a body that is too long', 413, '/v1/ratios', { method: 'PATCH', headers: json, body: ' '.repeat(16_385) }],
    ['a head that is too long', 431, '/v1/ratios', { headers: { x: 'x'.repeat(8_192) } }],
    ['an expectation', 417, '/v1/ratios', { headers: { expect: 'the unexpected' } }],
  ])('to %s: %d', async (_, status, path, { headers, ...rest }) => {
    const { client, fleet } = shared;
    const answer = await client.send(path, { headers: { ...client.authorization, ...headers }, ...rest });
    expect(answer.status).toBe(status);
    expectSafe(answer);
    if (answer.body !== '') expect(Object.keys(JSON.parse(answer.body)).length).toBeGreaterThan(0);
    expect(fleet.ratios.api).toBe(2);
  });

  test('to what is no HTTP', async () => {
    const { client } = shared;
    const { status, answer } = await sayAndListen({ port: portOf(client) }, 'hello\r\n\r\n');
    expect(status).toBe(400);
    expectSafeText(answer);
  });

  test('as a stream', async () => {
    const { client } = shared;
    const socket = say(
      { port: portOf(client) },
      request('GET /v1/events', { host: new URL(client.address).host, ...client.authorization }),
    );
    const [chunk] = await once(socket, 'data');
    socket.destroy();
    expect(String(chunk)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(String(chunk)).toContain('text/event-stream');
    expectSafeText(String(chunk));
  });
});

describe('clients that take their time', () => {
  test.each([
    ['the head', 'GET / HTTP/1.1\r\nhost: x\r\n'],
    ['the body', 'PATCH /v1/ratios HTTP/1.1\r\nHOST\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{'],
  ])('have five seconds for %s', async (_, text) => {
    const { client } = shared;
    const host = `host: ${new URL(client.address).host}\r\nauthorization: Bearer ${client.token}`;
    const { status, answer, ms } = await sayAndListen({ port: portOf(client) }, text.replace('HOST', host));
    expect(status).toBe(408);
    expectSafeText(answer);
    expect(ms).toBeGreaterThan(4_000);
  });

  test('cannot keep others out with streams: the 51st is refused, and all others get their answers', async () => {
    const { client } = await openAnother();
    const streams = await Promise.all(Array.from({ length: 50 }, () => client.stream('v1/events')));
    const refused = await client.send('/v1/tail', { headers: client.authorization });
    expect(refused.status).toBe(503);
    expect(JSON.parse(refused.body)).toEqual({
      code: 'conflict',
      message: '50 streams are open, which is the most; close a page',
    });
    expectSafe(refused);
    expect((await client.send('/v1/ratios', { headers: client.authorization })).status).toBe(200);
    streams[0]?.close();
    await expect.poll(async () => (await client.stream('v1/tail').catch(() => undefined)) !== undefined).toBe(true);
  });

  test('that do not read a stream do not delay the end', async () => {
    const { client, page } = await openAnother();
    const head = request('GET /v1/events', { host: new URL(client.address).host, ...client.authorization });
    const sockets = Array.from({ length: 5 }, () => say({ port: portOf(client) }, head).pause());
    const reader = await client.stream('v1/events');
    await reader.event('snapshot');
    const start = performance.now();
    await page.close('SIGTERM');
    // A quarter of a second, on a busy machine.
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(await reader.event('end')).toEqual({ reason: 'SIGTERM' });
    await reader.ended;
    for (const socket of sockets) socket.destroy();
  });
});
