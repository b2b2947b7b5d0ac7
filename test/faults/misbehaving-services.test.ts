/** Services that misbehave in a running fleet. */

import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { launch, startFleet } from '../e2e/fleet.ts';
import { expectExactlyOnce } from '../tools/exactly-once.ts';
import { machineSlowdown } from '../tools/machine-slowdown.ts';
import { isRunning } from '../tools/programs.ts';
import { CLI } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

const service = (name: string) => [
  '--service',
  fileURLToPath(new URL(`../fixtures/services/${name}.js`, import.meta.url)),
];

test('a service that ignores requests to stop is killed after five seconds, and the others are not delayed', async () => {
  const fleet = await startFleet(...service('hangs-when-asked-to-stop'));
  const pids = new Map((await fleet.services()).map(({ name, pid }) => [name, pid as number]));
  const unstoppable = pids.get('unstoppable') as number;
  const others = [...pids.values()].filter((pid) => pid !== unstoppable);
  const start = performance.now();
  const stopped = fleet.stop();
  await expect.poll(() => others.some(isRunning), { timeout: 4_000, interval: 20 }).toBe(false);
  expect(isRunning(unstoppable)).toBe(true);
  expect(await stopped).toBe(0);
  expect(performance.now() - start).toBeGreaterThan(4_900);
  expect(performance.now() - start).toBeLessThan(9_000 * (await machineSlowdown()));
  expect(isRunning(unstoppable)).toBe(false);
  expect(fleet.lines().at(-1)?.message).toBe('Fleet stopped');
});

test('a service stopped by SIGSTOP is detected and replaced, and can still be stopped by a command', async () => {
  const fleet = await startFleet('--rate', '200');
  const { pid } = await fleet.service('auth');
  process.kill(pid as number, 'SIGSTOP');
  await fleet.shows(new RegExp(`auth does not answer, pid ${pid}`));
  expect(await fleet.service('auth')).toMatchObject({ state: 'unresponsive', pid });
  await fleet.shows(/auth died, signal SIGKILL/);
  await fleet.showsServicesUp(6);
  expect(isRunning(pid as number)).toBe(false);
  const replaced = await fleet.service('auth');
  expect(replaced).toMatchObject({ state: 'up', restarts: 1 });
  process.kill(replaced.pid as number, 'SIGSTOP');
  expect(await fleet.command('services', 'stop', 'auth')).toMatchObject({ status: 0, stderr: '' });
  expect(await fleet.service('auth')).toMatchObject({ state: 'stopped', pid: null });
  expect(isRunning(replaced.pid as number)).toBe(false);
  const world = await fleet.world();
  await fleet.stop();
  await expectExactlyOnce({ world, files: fleet.files });
});

test('a service that exits while loading is reported with its status, its last output and what to do', async () => {
  const commandLine = [process.execPath, CLI, 'start', ...service('exits-while-loading')];
  const fleet = await launch({ commandLine, directory: temporaryDirectory(), up: 5 });
  const lastOutput = 'reading the configuration \\| listen EADDRINUSE: address already in use :::8080';
  await fleet.shows(
    new RegExp(`\\[WARNING\\] \\[Supervisor\\]: stillborn died before it was ready, exit code 3: ${lastOutput}`),
  );
  await fleet.shows(
    new RegExp(`\\[ERROR\\] \\[Supervisor\\]: stillborn died before .*, exit code 3: ${lastOutput}; it failed `),
  );
  expect(fleet.stdout).toContain('stays down; fix it, then: npm run services -- restart stillborn');
  expect(fleet.stdout).toContain('[ERROR] [StillbornService]: listen EADDRINUSE: address already in use :::8080');
  expect(await fleet.service('stillborn')).toMatchObject({ state: 'failed', lastExit: 'exit code 3' });
  expect((await fleet.services()).filter(({ state }) => state === 'up')).toHaveLength(5);
  const restart = await fleet.command('services', 'restart', 'stillborn');
  expect(restart.stderr).toMatch(/^stillborn: did not come up: exit code 3; the log says more\n$/);
  await fleet.stop();
});

test('a service that exits again and again fails after five restarts, and commands are answered meanwhile', async () => {
  const fleet = await startFleet('--rate', '200', ...service('exits-soon-after-start'));
  const hasFailed = () => /mayfly died, .* stays down/.test(fleet.stdout);
  let answered = 0;
  while (!hasFailed()) {
    const start = performance.now();
    const api = answered % 11;
    expect(await fleet.request('PATCH', '/v1/ratios', { api, mayfly: 5 })).toMatchObject({
      ratios: { api, mayfly: 5 },
    });
    expect(await fleet.services()).toHaveLength(6);
    expect(performance.now() - start).toBeLessThan(5_000 * (await machineSlowdown()));
    answered++;
    await delay(20);
  }
  expect(answered).toBeGreaterThan(3);
  expect(await fleet.service('mayfly')).toMatchObject({ state: 'failed', restarts: 5, lastExit: 'exit code 7' });
  expect(fleet.stdout.match(/mayfly died, exit code 7, .*; restarting/g)).toHaveLength(5);
  expect((await fleet.services()).map(({ restarts }) => restarts)).toEqual([0, 0, 0, 0, 0, 5]);
  await fleet.stop();
});

test('a ratio that changes while its service restarts is in effect from its instant on', async () => {
  const fleet = await startFleet('--rate', '1000', '--payment-ratio', '0');
  const from = fleet.stdout.length;
  const restart = fleet.command('services', 'restart', 'payment');
  await fleet.shows(/payment is stopped on request/, from);
  expect(await fleet.request('PATCH', '/v1/ratios', { payment: 10 })).toMatchObject({ ratios: { payment: 10 } });
  expect(await restart).toMatchObject({ status: 0, stderr: '' });
  await fleet.showsLines(30, 'PaymentService');
  const changed = /Ratios changed from (\S+) on: payment 0 -> 10/.exec(fleet.stdout.slice(from))?.[1] as string;
  const lines = fleet.lines().filter(({ service }) => service === 'PaymentService');
  const isBad = (level: string) => level === 'WARNING' || level === 'ERROR';
  const wrong = lines.filter(({ time, level }) => isBad(level) !== time >= Date.parse(changed));
  expect(wrong).toEqual([]);
  const world = await fleet.world();
  await fleet.stop();
  await expectExactlyOnce({ world, files: fleet.files });
});

test('a record of 200 KB of multi-byte characters arrives complete', async () => {
  const fleet = await startFleet('--rate', '1000', ...service('writes-a-record-of-200-kilobytes'));
  const line = `[INFO] [NovelService]: begin ${'aü€😀'.repeat(20_000)} end\n`;
  await expect.poll(() => fleet.stdout.includes(line), { timeout: 10_000 }).toBe(true);
  await fleet.stop();
  expect(readFileSync(fleet.logFile, 'utf8')).toContain(line);
  expect(readFileSync(fleet.logFile, 'utf8')).toBe(fleet.stdout);
});
