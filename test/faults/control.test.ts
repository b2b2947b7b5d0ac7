/** Hostile clients and floods of commands on the control socket. */

import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { expect, onTestFinished, test } from 'vitest';
import type { ServiceStatus } from '../../shared/control-api.ts';
import type { UserError } from '../../shared/errors.ts';
import { controlSocketPath } from '../../shared/paths.ts';
import { type RunningFleet, startFleet } from '../e2e/fleet.ts';
import { expectExactlyOnce } from '../tools/exactly-once.ts';
import { request, say, sayAndListen } from '../tools/hostile-client.ts';
import { machineSlowdown } from '../tools/machine-slowdown.ts';

/** How long an operator may have to wait while other clients misbehave, in ms. */
const MAX_ANSWER_MS = 5_000;

/** When a client that does not complete its request is disconnected at the latest, in ms, on a slow machine. */
const MAX_CONNECTION_MS = 12_000;

/** The longest answer to a misbehaving client, in characters. */
const MAX_ANSWER_CHARACTERS = 1_000;

const JSON_TYPE = { 'content-type': 'application/json' };
const sized = (body: string, headers = {}) => ({ ...JSON_TYPE, 'content-length': Buffer.byteLength(body), ...headers });
const patch = (body: string, headers = {}) => request('PATCH /v1/ratios', sized(body, headers), body);
const MEGABYTE = Buffer.alloc(1_048_576, 'x');

const CLIENTS: readonly { readonly what: string; readonly sends: readonly (string | Buffer)[]; status?: number }[] = [
  { what: 'nothing at all', sends: [], status: 408 },
  { what: 'half a line', sends: ['PATCH /v1/ra'], status: 408 },
  { what: 'half a head', sends: ['PATCH /v1/ratios HTTP/1.1\r\nhost: fleet\r\n'], status: 408 },
  {
    what: 'half a body',
    sends: [request('PATCH /v1/ratios', { ...JSON_TYPE, 'content-length': 100 }, '{"api"')],
    status: 408,
  },
  {
    what: 'a body of 64 MiB',
    sends: [request('PATCH /v1/ratios', { ...JSON_TYPE, 'content-length': 67_108_864 }), ...Array(64).fill(MEGABYTE)],
  },
  {
    what: 'a body without end',
    sends: [
      request('PATCH /v1/ratios', { ...JSON_TYPE, 'transfer-encoding': 'chunked' }),
      ...Array(64).fill(`10000\r\n${'x'.repeat(65_536)}\r\n`),
    ],
  },
  { what: 'a head of 1 MiB', sends: ['GET /v1/ratios HTTP/1.1\r\nx: ', MEGABYTE] },
  { what: 'a path of 1 MiB', sends: ['GET /', MEGABYTE] },
  { what: 'bytes that are not HTTP', sends: [Buffer.from([0, 255, 22, 3, 1, 0, 13, 10, 13, 10])], status: 400 },
  {
    what: 'garbage right behind a request',
    sends: [`GET /v1/ratios HTTP/1.1\r\nhost: fleet\r\n\r\n\0\0\0 nonsense\r\n\r\n`],
  },
  { what: 'an unknown route', sends: [request('GET /v9/everything')], status: 404 },
  { what: 'a path that does not decode', sends: [request('GET /v1/%ff%')], status: 400 },
  { what: 'a path with ..', sends: [request('GET /v1/../../etc/passwd')], status: 404 },
  { what: 'an unknown method', sends: [request('BREW /v1/ratios')], status: 400 },
  { what: 'a method that the route does not have', sends: [request('DELETE /v1/ratios')], status: 404 },
  { what: 'invalid JSON', sends: [patch('{"api": 3')], status: 400 },
  { what: 'JSON that pollutes prototypes', sends: [patch('{"__proto__": {"api": 3}}')], status: 400 },
  { what: 'the wrong content type', sends: [patch('api=3', { 'content-type': 'text/plain' })], status: 400 },
  {
    what: 'an unknown content type',
    sends: [patch('<api>3</api>', { 'content-type': 'application/xml' })],
    status: 415,
  },
  { what: 'two lengths', sends: [patch('{"api":3}', { 'content-length': '9, 10' })], status: 400 },
  {
    what: 'a request to upgrade',
    sends: [request('GET /v1/ratios', { connection: 'Upgrade', upgrade: 'websocket' }), 'x\r\n\r\n'],
  },
  { what: 'a request for a tunnel', sends: [request('CONNECT example.com:80')] },
];

async function inTime<Answer>(request: Promise<Answer>): Promise<Answer> {
  const start = performance.now();
  const answer = await request;
  const ms = performance.now() - start;
  if (ms > MAX_ANSWER_MS) expect(ms).toBeLessThan(MAX_ANSWER_MS * (await machineSlowdown()));
  return answer;
}

async function stopUnharmed(fleet: RunningFleet): Promise<void> {
  const world = await fleet.world();
  expect((await fleet.services()).map(({ state, restarts }) => [state, restarts])).toEqual(Array(5).fill(['up', 0]));
  expect(await fleet.stop()).toBe(0);
  expect(fleet.stderr).toBe('');
  await expectExactlyOnce({ world, files: fleet.files });
}

test('misbehaving clients, all at once, get a short answer or none, and no line is lost', async () => {
  const fleet = await startFleet('--rate', '1000');
  const socketPath = controlSocketPath(fleet.logFile);
  const misbehaving = CLIENTS.map(async ({ what, sends, status }) => {
    const got = await sayAndListen(socketPath, ...sends);
    return {
      what,
      status: status === undefined ? undefined : got.status,
      isShort: got.answer.length < MAX_ANSWER_CHARACTERS,
      isSoon: got.ms < MAX_CONNECTION_MS,
    };
  });
  for (let api = 0; api <= 10; api++) {
    expect(await inTime(fleet.request('PATCH', '/v1/ratios', { api }))).toMatchObject({ ratios: { api } });
  }
  expect(await Promise.all(misbehaving)).toEqual(
    CLIENTS.map(({ what, status }) => ({ what, status, isShort: true, isSoon: true })),
  );
  expect(await inTime(fleet.request('GET', '/v1/ratios'))).toMatchObject({ ratios: { api: 10, auth: 2 } });
  await stopUnharmed(fleet);
});

test('with 1500 idle connections an operator is answered promptly', async () => {
  const fleet = await startFleet('--rate', '1000');
  const socketPath = controlSocketPath(fleet.logFile);
  const idle: Socket[] = [];
  onTestFinished(() => {
    for (const socket of idle) socket.destroy();
  });
  for (let round = 0; round < 5; round++) {
    for (let one = 0; one < 300; one++) idle.push(say(socketPath, ...(one % 2 ? ['GET /v1'] : [])));
    expect(await inTime(fleet.request('PATCH', '/v1/ratios', { api: round }))).toMatchObject({
      ratios: { api: round },
    });
    expect(await inTime(fleet.command('ratios', '--get'))).toMatchObject({ status: 0, stderr: '' });
  }
  await stopUnharmed(fleet);
});

test('a client that pipelines requests and reads no answer does not delay others', async () => {
  const fleet = await startFleet('--rate', '1000');
  const many = 'GET /v1/world HTTP/1.1\r\nhost: fleet\r\n\r\n'.repeat(20_000);
  const client = say(controlSocketPath(fleet.logFile), many);
  onTestFinished(() => void client.destroy());
  client.pause();
  for (let api = 0; api <= 10; api++) await inTime(fleet.request('PATCH', '/v1/ratios', { api }));
  await stopUnharmed(fleet);
});

test('a flood of commands is answered in time, and each service runs one command at a time', async () => {
  const fleet = await startFleet('--rate', '1000');
  const start = performance.now();
  const ratios = Array.from({ length: 300 }, (_, index) =>
    fleet.request('PATCH', '/v1/ratios', { [index % 2 ? 'api' : 'inventory']: index % 11 }),
  );
  const actions = ['stop', 'start', 'restart', 'kill'] as const;
  const commands = Array.from({ length: 200 }, (_, index) => {
    const service = index % 2 ? 'auth' : 'payment';
    return fleet.request<ServiceStatus>('POST', `/v1/services/${service}/${actions[index % 4]}`);
  });
  const [changed, done] = await Promise.all([Promise.allSettled(ratios), Promise.allSettled(commands)]);
  expect(performance.now() - start).toBeLessThan(25_000);
  expect(changed.filter(({ status }) => status === 'rejected')).toEqual([]);
  const refused = done
    .filter((outcome) => outcome.status === 'rejected')
    .map(({ reason }) => (reason as UserError).code);
  expect(refused.filter((code) => code !== 'conflict')).toEqual([]);
  expect(refused.length).toBeLessThan(commands.length);
  expect((await fleet.services()).filter(({ restarts }) => restarts > 0).map(({ name }) => name)).toEqual([
    'auth',
    'payment',
  ]);
  for (const name of ['auth', 'payment']) await fleet.request('POST', `/v1/services/${name}/restart`);
  const world = await fleet.world();
  expect(world.timeline.at(-1)?.down).toEqual([]);
  expect(await fleet.stop()).toBe(0);
  expect(fleet.stderr).toBe('');
  await expectExactlyOnce({ world, files: fleet.files });
  for (const name of ['auth', 'payment']) expectOneAtATime(fleet.stdout, name);
});

/** Expects each process of the service to be stopped or killed before the next came up. */
function expectOneAtATime(log: string, name: string): void {
  const lives = [...log.matchAll(new RegExp(`: ${name} is (up|stopped|killed)( on request)?, pid (\\d+)`, 'g'))];
  expect(lives.length).toBeGreaterThan(4);
  expect(lives.map(([, what]) => what === 'up')).toEqual(lives.map((_, index) => index % 2 === 0));
  for (const [index, [, what, , pid]] of lives.entries()) if (what !== 'up') expect(pid).toBe(lives[index - 1]?.[3]);
}
