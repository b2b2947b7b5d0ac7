import { mkdirSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { requestFleet } from '../../shared/control-client.ts';
import { getCurrentRatios, UserError, updateRatios } from '../../shared/index.ts';
import { controlSocketPath } from '../../shared/paths.ts';

const LOG_FILE = '/var/log/demo.log';

/** Starts a fleet that answers with the listener. */
async function serve(listener: RequestListener): Promise<void> {
  const socket = controlSocketPath(LOG_FILE);
  mkdirSync(path.dirname(socket), { recursive: true, mode: 0o700 });
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
}

const answer = (status: number, body: string): RequestListener => {
  return (_request, response) => response.writeHead(status).end(body);
};

const request = (timeoutMs?: number) =>
  requestFleet(LOG_FILE, { method: 'GET', path: '/v1/ratios', ...(timeoutMs === undefined ? {} : { timeoutMs }) });

test('an answer is read as JSON', async () => {
  await serve(answer(200, '{"ratios":{"api":2}}'));
  expect(await request()).toEqual({ ratios: { api: 2 } });
  expect(await getCurrentRatios({ logFile: LOG_FILE })).toEqual({ api: 2 });
});

test('a change is sent as JSON', async () => {
  const seen: unknown[] = [];
  await serve(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    seen.push(request.method, request.url, request.headers['content-type'], body);
    response.end('{"ratios":{"api":7}}');
  });
  expect(await updateRatios({ api: 7 }, { logFile: LOG_FILE })).toEqual({ api: 7 });
  expect(seen).toEqual(['PATCH', '/v1/ratios', 'application/json', '{"api":7}']);
});

describe('errors', () => {
  test.each([
    { status: 400, body: '{"code":"bad-ratio","message":"api: 11 is not a ratio"}', code: 'bad-ratio' },
    { status: 504, body: '{"code":"no-answer","message":"api did not confirm"}', code: 'no-answer' },
  ])('$body becomes a UserError', async ({ status, body, code }) => {
    await serve(answer(status, body));
    const error = await request().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code, message: JSON.parse(body).message });
  });

  test.each([
    { status: 500, body: '{"code":"internal","message":"oops"}', message: 'the fleet answered with status 500: oops' },
    { status: 502, body: 'Bad Gateway', message: 'the fleet answered with status 502: Bad Gateway' },
  ])('$body is not a mistake of the user', async ({ status, body, message }) => {
    await serve(answer(status, body));
    const error = await request().catch((reason: unknown) => reason);
    expect(error).not.toBeInstanceOf(UserError);
    expect(error).toMatchObject({ message });
  });

  test('no fleet at all', async () => {
    await expect(request()).rejects.toMatchObject({
      code: 'no-fleet',
      message: `no fleet writes to ${LOG_FILE}; start one with: npm start -- --log-file ${LOG_FILE}`,
    });
    await expect(getCurrentRatios()).rejects.toMatchObject({
      message: `no fleet writes to ${path.resolve('app.log')}; start one with: npm start`,
    });
  });

  test('no fleet, after one', async () => {
    await serve(answer(200, '{}'));
    const socket = controlSocketPath(LOG_FILE);
    const { linkSync, renameSync, rmSync } = await import('node:fs');
    linkSync(socket, `${socket}.kept`);
    rmSync(socket);
    await expect(request()).rejects.toMatchObject({ code: 'no-fleet' });
    renameSync(`${socket}.kept`, socket);
    expect(await request()).toEqual({});
  });

  test.each([
    { what: 'nothing', listener: () => {} },
    { what: 'half of it', listener: ((_request, response) => response.write('{')) as RequestListener },
  ])('a fleet that answers $what', async ({ listener }) => {
    await serve(listener);
    await expect(request(100)).rejects.toMatchObject({
      code: 'no-answer',
      message: 'the fleet did not answer /v1/ratios within 0.1 s; try again',
    });
  });

  test.each<{ what: string; listener: RequestListener }>([
    { what: 'before it answers', listener: (request) => request.socket.destroy() },
    {
      what: 'in the middle of its answer',
      listener: (_request, response) => {
        response.writeHead(200, { 'content-length': 100 });
        response.write('{"ratios":', () => response.destroy());
      },
    },
    {
      what: 'in the middle of an answer in chunks',
      listener: (_request, response) => void response.write('{"ratios":', () => response.destroy()),
    },
    {
      what: 'in the middle of an answer of unknown length',
      listener: ({ socket }) => void socket.end('HTTP/1.1 200 OK\r\n\r\n{"ratios":'),
    },
    {
      what: 'in the middle of a head',
      listener: ({ socket }) => void socket.end('HTTP/1.1 200 O'),
    },
  ])('a fleet that exits $what', async ({ listener }) => {
    await serve(listener);
    const error = await request().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      code: 'no-answer',
      message: `the fleet that writes ${LOG_FILE} exited before it answered GET /v1/ratios; look at the end of its log`,
    });
  });

  test('an invalid ratio is not sent', async () => {
    await expect(updateRatios({ api: 3, auth: 11 })).rejects.toMatchObject({
      code: 'bad-ratio',
      message: 'auth: 11 is not a ratio; use 0 to 10 in whole numbers or tenths, for example auth: 2.5',
    });
  });
});
