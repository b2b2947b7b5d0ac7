import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { getCurrentRatios, updateRatios } from '../../shared/index.ts';
import type { ParsedLine } from '../../shared/record.ts';
import { timeOf } from '../soak/compare-lines.ts';
import { expectExactlyOnce, reportedGaps } from '../tools/exactly-once.ts';
import { isRunning } from '../tools/programs.ts';
import { run } from '../tools/run.ts';
import { npmStart, startFleet } from './fleet.ts';

const FAST = ['--rate', '1000'] as const;

const isBad = ({ level }: ParsedLine) => level === 'WARNING' || level === 'ERROR';
const of = (lines: readonly ParsedLine[], logName: string) => lines.filter(({ service }) => service === logName);
const share = (lines: readonly ParsedLine[]) => lines.filter(isBad).length / lines.length;

/** The lines of one service in a file. */
function written(file: string, logName: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes(`] [${logName}]: `));
}

describe('npm start', () => {
  test('runs the fleet with the given ratios, applies every change, and stops cleanly', async () => {
    const fleet = await npmStart(...FAST, '--api-ratio', '10', '--auth-ratio=0', '--payment-ratio', '7.5');
    await fleet.showsLines(3000);
    const first = fleet.lines();
    expect(share(of(first, 'ApiService'))).toBe(1);
    expect(share(of(first, 'AuthService'))).toBe(0);
    expect(Math.abs(share(of(first, 'PaymentService')) - 0.75)).toBeLessThan(0.08);
    expect(Math.abs(share(of(first, 'InventoryService')) - 0.2)).toBeLessThan(0.06);

    const byCommand = await fleet.command('ratios', '--api', '0', '--auth', '10', '--log-file', fleet.logFile);
    expect(byCommand).toMatchObject({ status: 0, stderr: '' });
    const afterCommand = fleet.logSize;
    await fleet.showsLines(1500);
    const second = fleet.lines(afterCommand);
    expect(of(second, 'ApiService').filter(isBad)).toEqual([]);
    expect(of(second, 'AuthService').filter((line) => !isBad(line))).toEqual([]);

    const byCode = await updateRatios({ api: 10, notification: 10, auth: 0 }, { logFile: fleet.logFile });
    const afterCode = fleet.logSize;
    expect(byCode).toEqual({ api: 10, auth: 0, inventory: 2, notification: 10, payment: 7.5 });
    expect(await getCurrentRatios({ logFile: fleet.logFile })).toEqual(byCode);
    await fleet.showsLines(1500);
    const third = fleet.lines(afterCode);
    expect(of(third, 'ApiService').filter((line) => !isBad(line))).toEqual([]);
    expect(of(third, 'NotificationService').filter((line) => !isBad(line))).toEqual([]);
    expect(of(third, 'AuthService').filter(isBad)).toEqual([]);

    expect(await fleet.stop()).toBe(0);
    expect(fleet.stderr).toBe('');
    expect(readFileSync(fleet.logFile, 'utf8')).toBe(fleet.stdout);
    for (const service of ['Api', 'Auth', 'Inventory', 'Notification', 'Payment']) {
      const times = of(fleet.lines(), `${service}Service`).map(({ time }) => time);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('%s to the pid of npm start stops the fleet', async (signal) => {
    const fleet = await npmStart('--rate', '50');
    const pids = (await fleet.services()).map(({ pid }) => pid as number);
    fleet.process.kill(signal);
    await fleet.exited;
    expect(fleet.lines().at(-1)).toMatchObject({ service: 'Supervisor', message: 'Fleet stopped' });
    for (const pid of pids) expect(isRunning(pid)).toBe(false);
  });

  test('writes every line of the recorded world once, whatever was killed, stopped and changed', async () => {
    const fleet = await startFleet(...FAST, '--seed', '42');
    await fleet.showsLines(400);
    process.kill((await fleet.service('payment')).pid as number, 'SIGKILL');
    await fleet.showsServicesUp(6);
    await fleet.command('ratios', '--all', '5');
    await fleet.command('services', 'stop', 'auth');
    await fleet.showsLines(400);
    await fleet.command('services', 'start', 'auth');
    await fleet.command('services', 'kill', 'inventory');
    await fleet.showsLines(600);
    const world = await fleet.world();
    await fleet.stop();
    expect(await expectExactlyOnce({ world, files: fleet.files })).toBeGreaterThan(1_000);
  });

  test('two fleets with the same seed and rate write the same lines at the same time', async () => {
    const [one, other] = await Promise.all([startFleet(...FAST, '--seed', '7'), startFleet(...FAST, '--seed', '7')]);
    await Promise.all([one.showsLines(1200), other.showsLines(1200)]);
    const worlds = await Promise.all([one.world(), other.world()]);
    await Promise.all([one.stop(), other.stop()]);
    const start = Math.max(...worlds.map(({ timeline }) => timeline[0].at));
    // On a machine that stalls for seconds one of them may drop lines that the other has written.
    const gaps = [...worlds.flatMap((world) => world.gaps ?? []), ...reportedGaps([one.logFile, other.logFile])];
    for (const [name, logName] of [
      ['api', 'ApiService'],
      ['payment', 'PaymentService'],
    ] as const) {
      const [a, b] = [written(one.logFile, logName), written(other.logFile, logName)];
      const end = Math.min(...[a, b].map((lines) => timeOf(lines.at(-1) as string)));
      const isCommon = (time: number) =>
        time >= start &&
        time < end &&
        !gaps.some(({ service, from, to }) => service === name && time >= from && time < to);
      const both = (lines: string[]) => lines.filter((line) => isCommon(timeOf(line)));
      expect(both(a).length).toBeGreaterThan(50);
      expect(both(a)).toEqual(both(b));
    }
  });
});

describe('single services', () => {
  test('a service killed by kill -9 is detected at once and restarted with its ratio', async () => {
    const fleet = await startFleet(...FAST, '--payment-ratio', '10');
    const before = await fleet.service('payment');
    process.kill(before.pid as number, 'SIGKILL');
    await fleet.shows(/payment died, signal SIGKILL/);
    await fleet.showsServicesUp(6);
    const from = fleet.logSize;
    await fleet.showsLines(60, 'PaymentService');
    const after = await fleet.service('payment');
    expect(after).toMatchObject({ state: 'up', restarts: 1, ratio: 10 });
    expect(after.pid).not.toBe(before.pid);
    expect(share(of(fleet.lines(from), 'PaymentService'))).toBe(1);
    await fleet.stop();
  });

  test('stop, start, restart and kill work, and the other services keep running', async () => {
    const fleet = await startFleet(...FAST);
    const pidOf = async (name: string) => (await fleet.service(name)).pid;
    const others = await Promise.all(['api', 'inventory', 'notification', 'payment'].map(pidOf));

    expect(await fleet.command('services', 'stop', 'auth')).toMatchObject({ status: 0, stderr: '' });
    expect(await fleet.service('auth')).toMatchObject({ state: 'stopped', pid: null });
    const stopped = fleet.logSize;
    await fleet.shows(/\[ApiService\][^\n]*upstream=auth[^\n]*ECONNREFUSED/);
    await fleet.showsLines(300);
    expect(of(fleet.lines(stopped), 'AuthService')).toEqual([]);

    expect(await fleet.command('services', 'start', 'auth')).toMatchObject({ status: 0, stderr: '' });
    const started = await fleet.service('auth');
    expect(started).toMatchObject({ state: 'up' });
    await fleet.showsLines(20, 'AuthService');

    expect(await fleet.command('services', 'restart', 'auth')).toMatchObject({ status: 0, stderr: '' });
    const restarted = await fleet.service('auth');
    expect(restarted.state).toBe('up');
    expect(restarted.pid).not.toBe(started.pid);

    expect(await fleet.command('services', 'kill', 'auth')).toMatchObject({ status: 0, stderr: '' });
    await fleet.showsLines(20, 'AuthService');
    expect((await fleet.service('auth')).pid).not.toBe(restarted.pid);

    expect(await Promise.all(['api', 'inventory', 'notification', 'payment'].map(pidOf))).toEqual(others);
    await fleet.stop();
  });

  test('the table of services agrees with --json', async () => {
    const fleet = await startFleet();
    const table = await fleet.command('services');
    const json = await fleet.command('services', '--json');
    const { services } = JSON.parse(json.stdout) as { services: { name: string; pid: number; state: string }[] };
    expect(services.map(({ name }) => name)).toEqual(['api', 'auth', 'inventory', 'notification', 'payment']);
    for (const { name, pid } of services) expect(table.stdout).toMatch(new RegExp(`^${name} +up +${pid} `, 'm'));
    await fleet.stop();
  });
});

describe('the control API', () => {
  test('works with curl on the socket that npm run socket prints', async ({ skip }) => {
    const curl = await run('sh', ['-c', 'command -v curl'], '/');
    skip(curl.status !== 0, 'curl is not installed');
    const fleet = await startFleet();
    const socket = (await fleet.command('socket')).stdout.trim();
    const curlJson = async (...args: string[]) => {
      const { stdout } = await run('curl', ['-sS', '--unix-socket', socket, ...args], '/');
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    const json = ['-H', 'content-type: application/json', '-d'];
    const ratios = { api: 2, auth: 2, inventory: 2, notification: 2, payment: 2 };
    expect(await curlJson('http://localhost/v1/ratios')).toEqual({ ratios, inEffect: ratios });
    expect(await curlJson('-X', 'PATCH', ...json, '{"api":8.5}', 'http://localhost/v1/ratios')).toMatchObject({
      ratios: { api: 8.5, auth: 2 },
    });
    expect(await curlJson('-X', 'PATCH', ...json, '{"api":1,"auth":11}', 'http://localhost/v1/ratios')).toMatchObject({
      code: 'bad-ratio',
    });
    expect(await curlJson('http://localhost/v1/ratios')).toMatchObject({ ratios: { api: 8.5, auth: 2 } });
    expect(await curlJson('-X', 'POST', 'http://localhost/v1/services/payment/restart')).toMatchObject({ state: 'up' });
    expect(await curlJson('-X', 'POST', 'http://localhost/v1/services/shop/restart')).toMatchObject({
      code: 'unknown-service',
    });
    expect(await curlJson('-X', 'POST', 'http://localhost/v1/shutdown')).toMatchObject({ pid: fleet.pid });
    expect(await fleet.exited).toBe(0);
  });
});
