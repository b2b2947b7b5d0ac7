import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RatiosAnswer, ServiceStatus, ServicesAnswer } from '../../shared/control-api.ts';
import { requestFleet, requestSocket } from '../../shared/control-client.ts';
import { DEFAULTS } from '../../shared/defaults.ts';
import { getCurrentRatios, getIncidents, startIncident, stopIncident, updateRatios } from '../../shared/index.ts';
import { controlSocketPath } from '../../shared/paths.ts';
import { parseLine } from '../../shared/record.ts';
import type { World } from '../../shared/world.ts';
import { runFleet } from '../../supervisor/main.ts';
import { request, sayAndListen } from '../tools/hostile-client.ts';
import { RecordingCatalogue } from '../tools/incident-catalogue.ts';
import { isRunning, program } from '../tools/programs.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

const services = [program('api', 'writes-steadily'), program('auth', 'writes-steadily')];
const settings = {
  services,
  ratios: { api: 2, auth: 3 },
  rate: 10,
  seed: 5,
  maxSize: DEFAULTS.maxSize,
  keep: DEFAULTS.keep,
  console: false as const,
  incidents: new RecordingCatalogue(),
};

async function start(logFile = path.join(temporaryDirectory(), 'app.log')) {
  const ended = runFleet({ ...settings, logFile });
  const socketPath = controlSocketPath(logFile);
  const stop = () => requestSocket<{ pid: number }>(socketPath, { method: 'POST', path: '/v1/shutdown' });
  onTestFinished(async () => {
    await stop().catch(() => {});
    await ended;
  });
  // Early requests wait.
  await expect.poll(() => existsSync(socketPath)).toBe(true);
  const { services: statuses } = await requestFleet<ServicesAnswer>(logFile, { method: 'GET', path: '/v1/services' });
  const text = () => readFileSync(logFile, 'utf8');
  return { logFile, ended, stop, statuses, text, choice: { logFile } };
}

describe('a run', () => {
  test('from its first line to its last', async () => {
    const { logFile, ended, stop, text } = await start();
    await expect.poll(text).toContain('[ApiService]: ratio=2');
    expect(await stop()).toEqual({ pid: process.pid, missingLines: 0 });
    expect(await ended).toBe(0);
    expect(existsSync(controlSocketPath(logFile))).toBe(false);
    const lines = text().trimEnd().split('\n');
    expect(lines.map(parseLine)).not.toContain(undefined);
    expect(lines[0]).toMatch(
      /\[INFO\] \[Supervisor\]: Fleet starts, pid \d+: 2 services, 10 lines\/s \(steady\), seed 5; control/,
    );
    expect(text()).toContain('[Supervisor]: Fleet stops: asked by the control API');
    expect(lines.at(-1)).toContain('[Supervisor]: Fleet stopped');
    expect(text().endsWith('\n')).toBe(true);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('ended by %s leaves no process and has status 0', async (signal) => {
    const { ended, text, statuses } = await start();
    process.emit(signal, signal);
    expect(await ended).toBe(0);
    expect(text()).toContain(`Fleet stops: ${signal}`);
    for (const { pid } of statuses) expect(isRunning(pid as number)).toBe(false);
  });

  test('appends, and gives a torn last line its newline', async () => {
    const logFile = path.join(temporaryDirectory(), 'app.log');
    writeFileSync(logFile, 'a line\na torn li');
    const { stop, text } = await start(logFile);
    await stop();
    expect(text().startsWith('a line\na torn li\n2')).toBe(true);
  });

  test('a second one on the same file is refused, and the first one goes on', async () => {
    const { logFile, choice } = await start();
    await expect(runFleet({ ...settings, logFile })).rejects.toMatchObject({
      code: 'fleet-exists',
      message: expect.stringContaining(`pid ${process.pid}`),
    });
    expect(await getCurrentRatios(choice)).toEqual({ api: 2, auth: 3 });
  });

  test('on a file that cannot be written starts nothing', async () => {
    const logFile = path.join(temporaryDirectory(), 'missing', 'app.log');
    await expect(runFleet({ ...settings, logFile })).rejects.toMatchObject({ code: 'log-file' });
    expect(existsSync(controlSocketPath(logFile))).toBe(false);
  });

  test('SIGHUP: the file may be renamed under it', async () => {
    const { logFile, text, stop } = await start();
    await expect.poll(text).toContain('ratio=2');
    renameSync(logFile, `${logFile}.1`);
    process.emit('SIGHUP', 'SIGHUP');
    await expect.poll(() => existsSync(logFile) && text()).toContain('ratio=2');
    await stop();
    const both = readFileSync(`${logFile}.1`, 'utf8') + text();
    expect(both).toContain('Log file reopened');
    expect(both.trimEnd().split('\n').map(parseLine)).not.toContain(undefined);
  });
});

describe('the control API', () => {
  const send = <Answer>(logFile: string, method: 'DELETE' | 'GET' | 'PATCH' | 'POST', path: string, body?: unknown) => {
    return requestFleet<Answer>(logFile, { method, path, body });
  };

  test('ratios from code: read, changed, and in the file when it returns', async () => {
    const { choice, text } = await start();
    expect(await getCurrentRatios(choice)).toEqual({ api: 2, auth: 3 });
    expect(await updateRatios({ api: 7.5 }, choice)).toEqual({ api: 7.5, auth: 3 });
    const seen = text().length;
    await expect.poll(() => text().slice(seen)).toContain('[ApiService]: ratio=7.5');
    expect(text().slice(seen)).not.toContain('[ApiService]: ratio=2');
  });

  test('incidents from code: started, looked at and stopped', async () => {
    const { choice, text } = await start();
    expect(await getIncidents(choice)).toEqual([]);
    const started = await startIncident({ type: 'payment-down' }, choice);
    expect(started).toMatchObject({ id: 'payment-down-1', state: 'precursor', startedBy: 'operator' });
    await startIncident({ type: 'payment-down', id: 'mine' }, choice);
    expect((await getIncidents(choice)).map(({ id }) => id)).toEqual(['payment-down-1', 'mine']);
    expect(await stopIncident('mine', choice)).toMatchObject({ state: 'over' });
    expect(await stopIncident('payment-down-1', { ...choice, atOnce: true })).toMatchObject({ state: 'over' });
    expect((await getIncidents(choice)).map(({ state }) => state)).toEqual(['over', 'over']);
    const told = text().match(/(?<=\[INFO\] \[Supervisor\]: )Incident .*/g);
    expect(told).toEqual([
      'Incident payment-down-1 starts (payment-down)',
      'Incident mine starts (payment-down)',
      'Incident mine is stopped (payment-down)',
      'Incident payment-down-1 is stopped at once (payment-down)',
    ]);
  });

  test('the incident types', async () => {
    const { logFile } = await start();
    expect(await send(logFile, 'GET', '/v1/incident-types')).toEqual({ types: [{ name: 'payment-down' }] });
  });

  test('ratios as they are set and as incidents move them', async () => {
    const { logFile, choice } = await start();
    await startIncident({ type: 'payment-down' }, choice);
    const { ratios, inEffect } = await send<RatiosAnswer>(logFile, 'GET', '/v1/ratios');
    expect({ ratios, inEffect }).toEqual({ ratios: { api: 2, auth: 3 }, inEffect: { api: 2, auth: 3 } });
  });

  test('services: their status, and each action', async () => {
    const { logFile, statuses } = await start();
    expect(statuses).toMatchObject([
      { name: 'api', logName: 'ApiService', ratio: 2, restarts: 0 },
      { name: 'auth', logName: 'AuthService', ratio: 3, restarts: 0 },
    ]);
    const act = (action: string) => send<ServiceStatus>(logFile, 'POST', `/v1/services/api/${action}`);
    expect(await act('restart')).toMatchObject({ state: 'up', restarts: 1 });
    expect(await act('kill')).toMatchObject({ state: 'up', restarts: 2 });
    expect(await act('stop')).toMatchObject({ state: 'stopped', pid: null });
    expect(await act('start')).toMatchObject({ state: 'up' });
  });

  test('world: everything for a replay of the run', async () => {
    const { logFile, choice } = await start();
    await updateRatios({ auth: 0 }, choice);
    const { seed, rate, timeline } = await send<World>(logFile, 'GET', '/v1/world');
    expect({ seed, rate }).toEqual({ seed: 5, rate: 10 });
    expect(timeline).toMatchObject([{ ratios: { api: 2, auth: 3 } }, { ratios: { api: 2, auth: 0 }, down: [] }]);
  });

  test.each([
    ['PATCH', '/v1/ratios', { api: 11 }, 'bad-ratio', 'api: 11 is not a ratio'],
    ['PATCH', '/v1/ratios', { api: 3, auth: 2.55 }, 'bad-ratio', 'auth: 2.55 is not a ratio'],
    ['PATCH', '/v1/ratios', { api: '8' }, 'bad-ratio', 'api: "8" is not a ratio; use 0 to 10 in whole numbers or'],
    ['PATCH', '/v1/ratios', { auth: 3, 'a/b~': null }, 'bad-ratio', 'a/b~: null is not a ratio'],
    ['PATCH', '/v1/ratios', [1], 'bad-request', 'the body must be an object, for example {"api": 8}'],
    ['PATCH', '/v1/ratios', undefined, 'bad-request', 'the body must be an object, for example {"api": 8}'],
    ['PATCH', '/v1/ratios', { pay: 1 }, 'unknown-service', 'pay: no such service in this fleet; it has api, auth'],
    ['PATCH', '/v1/ratios', { constructor: 1 }, 'unknown-service', 'constructor: no such service'],
    ['POST', '/v1/services/pay/stop', undefined, 'unknown-service', 'pay: no such service'],
    [
      'POST',
      '/v1/services/api/frob',
      undefined,
      'bad-request',
      '"frob": no such action; use restart, kill, stop or start',
    ],
    ['POST', '/v1/services/api/start', undefined, 'conflict', 'api: is up already'],
    ['POST', '/v1/incidents', undefined, 'bad-request', 'undefined is no incident; use an object such as {"type": '],
    ['POST', '/v1/incidents', [], 'bad-request', '[] is no incident; use an object such as {"type": '],
    ['POST', '/v1/incidents', {}, 'bad-option', 'type: undefined is invalid; use the name of an incident type, as in'],
    [
      'POST',
      '/v1/incidents',
      { type: 'x', fro: 1 },
      'bad-option',
      'fro: no such field of an incident; did you mean for?',
    ],
    ['POST', '/v1/incidents', { type: 'x', for: 9 }, 'bad-option', 'for: 9 is invalid; use 10000 to 604800000 ms, '],
    ['POST', '/v1/incidents', { type: 'payment-dwn' }, 'unknown-incident-type', 'payment-dwn: no such type'],
    ['DELETE', '/v1/incidents/a%20b', undefined, 'unknown-incident', 'a b: no such incident; this fleet has none'],
    [
      'DELETE',
      '/v1/incidents/a?at-once=yes',
      undefined,
      'bad-request',
      'the query of a stop may be at-once=true or at-',
    ],
    [
      'DELETE',
      '/v1/incidents/a?atonce=true',
      undefined,
      'bad-request',
      'the query of a stop may be at-once=true or at-',
    ],
    ['GET', '/v2/everything', undefined, 'bad-request', 'GET /v2/everything: no such route'],
  ] as const)('%s %s with %j: %s', async (method, path, body, code, message) => {
    const { logFile, choice } = await start();
    await expect
      .poll(() => send<ServicesAnswer>(logFile, 'GET', '/v1/services'))
      .toMatchObject({
        services: [{ state: 'up' }, { state: 'up' }],
      });
    await expect(send(logFile, method, path, body)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    expect(await getCurrentRatios(choice)).toEqual({ api: 2, auth: 3 });
    expect(await getIncidents(choice)).toEqual([]);
  });

  test('a body that is too large is refused', async () => {
    const { logFile } = await start();
    await expect(send(logFile, 'PATCH', '/v1/ratios', { api: 'x'.repeat(20_000) })).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('too large'),
    });
  });

  test.each([
    ['no content type', {}],
    ['the type that curl -d sends', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('a body with %s is refused, and the answer says which type to use', async (_, headers) => {
    const { logFile, choice } = await start();
    const body = '{"api": 8}';
    const text = request('PATCH /v1/ratios', { ...headers, 'content-length': body.length }, body);
    const { status, answer } = await sayAndListen(controlSocketPath(logFile), text);
    expect(status).toBe(415);
    const message = 'the body does not come as JSON; send it as content-type: application/json';
    expect(JSON.parse(answer.split('\r\n\r\n')[1] as string)).toEqual({ code: 'bad-request', message });
    expect(await getCurrentRatios(choice)).toEqual({ api: 2, auth: 3 });
  });

  test('half a request does not keep the fleet from ending', async () => {
    const { logFile, stop, ended } = await start();
    const client = connect(controlSocketPath(logFile));
    client.on('error', () => {});
    client.write('PATCH /v1/ratios HTTP/1.1\r\nHost: fleet\r\nContent-Length: 100\r\n\r\n{');
    await stop();
    expect(await ended).toBe(0);
  });
});
