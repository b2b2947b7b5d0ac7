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

/** How long an operator waits at most while others misbehave, in ms. */
const PROMPTLY = 5_000;

/** How long a client that does not say what it wants is listened to, in ms, with time for a slow machine. */
const AT_MOST = 12_000;

/** The longest answer that a misbehaving client is worth, in characters. */
const SHORT = 1_000;

const JSON_TYPE = { 'content-type': 'application/json' };
const sized = (body: string, headers = {}) => ({ ...JSON_TYPE, 'content-length': Buffer.byteLength(body), ...headers });
const patch = (body: string, headers = {}) => request('PATCH /v1/ratios', sized(body, headers), body);
const MEGABYTE = Buffer.alloc(1_048_576, 'x');

const CLIENTS: readonly { readonly what: string; readonly says: readonly (string | Buffer)[]; status?: number }[] = [
  { what: 'nothing at all', says: [], status: 408 },
  { what: 'half a line', says: ['PATCH /v1/ra'], status: 408 },
  { what: 'half a head', says: ['PATCH /v1/ratios HTTP/1.1\r\nhost: fleet\r\n'], status: 408 },
  {
    what: 'half a body',
    says: [request('PATCH /v1/ratios', { ...JSON_TYPE, 'content-length': 100 }, '{"api"')],
    status: 408,
  },
  {
    what: 'a body of 64 MiB',
    says: [request('PATCH /v1/ratios', { ...JSON_TYPE, 'content-length': 67_108_864 }), ...Array(64).fill(MEGABYTE)],
  },
  {
    what: 'a body without end',
    says: [
      request('PATCH /v1/ratios', { ...JSON_TYPE, 'transfer-encoding': 'chunked' }),
      ...Array(64).fill(`10000\r\n${'x'.repeat(65_536)}\r\n`),
    ],
  },
  { what: 'a head of 1 MiB', says: ['GET /v1/ratios HTTP/1.1\r\nx: ', MEGABYTE] },
  { what: 'a path of 1 MiB', says: ['GET /', MEGABYTE] },
  { what: 'bytes that are no HTTP', says: [Buffer.from([0, 255, 22, 3, 1, 0, 13, 10, 13, 10])], status: 400 },
  {
    what: 'garbage right behind a request',
    says: [`GET /v1/ratios HTTP/1.1\r\nhost: fleet\r\n\r\n\0\0\0 nonsense\r\n\r\n`],
  },
  { what: 'an unknown route', says: [request('GET /v9/everything')], status: 404 },
  { what: 'a path that does not decode', says: [request('GET /v1/%ff%')], status: 400 },
  { what: 'a path with ..', says: [request('GET /v1/../../etc/passwd')], status: 404 },
  { what: 'an unknown method', says: [request('BREW /v1/ratios')], status: 400 },
  { what: 'a method that the route does not have', says: [request('DELETE /v1/ratios')], status: 404 },
  { what: 'invalid JSON', says: [patch('{"api": 3')], status: 400 },
  { what: 'JSON that pollutes prototypes', says: [patch('{"__proto__": {"api": 3}}')], status: 400 },
  { what: 'the wrong content type', says: [patch('api=3', { 'content-type': 'text/plain' })], status: 400 },
  {
    what: 'an unknown content type',
    says: [patch('<api>3</api>', { 'content-type': 'application/xml' })],
    status: 415,
  },
  { what: 'two lengths', says: [patch('{"api":3}', { 'content-length': '9, 10' })], status: 400 },
  {
    what: 'a wish to upgrade',
    says: [request('GET /v1/ratios', { connection: 'Upgrade', upgrade: 'websocket' }), 'x\r\n\r\n'],
  },
  { what: 'a wish for a tunnel', says: [request('CONNECT example.com:80')] },
];

async function promptly<Answer>(asked: Promise<Answer>): Promise<Answer> {
  const start = performance.now();
  const answer = await asked;
  const took = performance.now() - start;
  if (took > PROMPTLY) expect(took).toBeLessThan(PROMPTLY * (await machineSlowdown()));
  return answer;
}

async function endUnharmed(fleet: RunningFleet): Promise<void> {
  const world = await fleet.world();
  expect((await fleet.services()).map(({ state, restarts }) => [state, restarts])).toEqual(Array(5).fill(['up', 0]));
  expect(await fleet.stop()).toBe(0);
  expect(fleet.stderr).toBe('');
  await expectExactlyOnce({ world, files: fleet.files });
}

test('clients that misbehave, all at once, get a short answer or none, and cost no line', async () => {
  const fleet = await startFleet('--rate', '1000');
  const socketPath = controlSocketPath(fleet.logFile);
  const misbehaving = CLIENTS.map(async ({ what, says, status }) => {
    const got = await sayAndListen(socketPath, ...says);
    return {
      what,
      status: status === undefined ? undefined : got.status,
      isShort: got.answer.length < SHORT,
      isSoon: got.ms < AT_MOST,
    };
  });
  for (let api = 0; api <= 10; api++) {
    expect(await promptly(fleet.request('PATCH', '/v1/ratios', { api }))).toMatchObject({ ratios: { api } });
  }
  expect(await Promise.all(misbehaving)).toEqual(
    CLIENTS.map(({ what, status }) => ({ what, status, isShort: true, isSoon: true })),
  );
  expect(await promptly(fleet.request('GET', '/v1/ratios'))).toMatchObject({ ratios: { api: 10, auth: 2 } });
  await endUnharmed(fleet);
});

test('with 1500 idle connections open an operator is answered promptly', async () => {
  const fleet = await startFleet('--rate', '1000');
  const socketPath = controlSocketPath(fleet.logFile);
  const idle: Socket[] = [];
  onTestFinished(() => {
    for (const socket of idle) socket.destroy();
  });
  for (let round = 0; round < 5; round++) {
    for (let one = 0; one < 300; one++) idle.push(say(socketPath, ...(one % 2 ? ['GET /v1'] : [])));
    expect(await promptly(fleet.request('PATCH', '/v1/ratios', { api: round }))).toMatchObject({
      ratios: { api: round },
    });
    expect(await promptly(fleet.command('ratios', '--get'))).toMatchObject({ status: 0, stderr: '' });
  }
  await endUnharmed(fleet);
});

test('a client that pipelines requests and reads no answer stops itself only', async () => {
  const fleet = await startFleet('--rate', '1000');
  const many = 'GET /v1/world HTTP/1.1\r\nhost: fleet\r\n\r\n'.repeat(20_000);
  const client = say(controlSocketPath(fleet.logFile), many);
  onTestFinished(() => void client.destroy());
  client.pause();
  for (let api = 0; api <= 10; api++) await promptly(fleet.request('PATCH', '/v1/ratios', { api }));
  await endUnharmed(fleet);
});

test('a flood of commands: each is answered within its deadline, one service at a time', async () => {
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

/** Each process of the service was stopped or killed before the next came up. */
function expectOneAtATime(log: string, name: string): void {
  const lives = [...log.matchAll(new RegExp(`: ${name} is (up|stopped|killed)( on request)?, pid (\\d+)`, 'g'))];
  expect(lives.length).toBeGreaterThan(4);
  expect(lives.map(([, what]) => what === 'up')).toEqual(lives.map((_, index) => index % 2 === 0));
  for (const [index, [, what, , pid]] of lives.entries()) if (what !== 'up') expect(pid).toBe(lives[index - 1]?.[3]);
}
