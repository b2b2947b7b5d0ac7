/** Modules of the user that misbehave in the processes of their services: nothing else may be affected. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { isBad, LEVEL_NUMBERS } from '../../shared/record.ts';
import { MAX_PRINTED_BYTES } from '../../supervisor/log/input/print-limit.ts';
import { fileNamesIn, RANGE } from '../e2e/backfill.ts';
import { launch, type RunningFleet, startFleetIn } from '../e2e/fleet.ts';
import { isRunning } from '../tools/programs.ts';
import { CLI, command } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

// Some of them use one of two cores all the time.
vi.setConfig({ testTimeout: 180_000 });

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/services/${name}.js`, import.meta.url));

/** Starts a fleet with that service and waits until the other five are up. */
function startWith(name: string, directory: string = temporaryDirectory()): Promise<RunningFleet> {
  const commandLine = [process.execPath, CLI, 'start', '--rate', '500', '--service', fixture(name)];
  return launch({ commandLine, directory, up: 5 });
}

/** Expects the five to write, a ratio to change, and the fleet to stop with all its processes. */
async function expectOthersUnharmed(fleet: RunningFleet): Promise<void> {
  const services = await fleet.services();
  expect(services.filter(({ state }) => state === 'up').length).toBeGreaterThanOrEqual(5);
  for (const { logName } of services.slice(0, 5)) await fleet.showsLines(20, logName);
  expect(await fleet.command('ratios', '--auth', '10')).toMatchObject({ status: 0, stderr: '' });
  const from = fleet.logSize;
  await fleet.showsLines(100, 'AuthService');
  const auth = fleet.lines(from).filter(({ service }) => service === 'AuthService');
  expect(auth.length).toBeGreaterThan(0);
  expect(auth.filter(({ level }) => !isBad(LEVEL_NUMBERS[level]))).toEqual([]);
  const pids = (await fleet.services()).map(({ pid }) => pid).filter((pid) => pid !== null);
  expect((await fleet.services()).slice(0, 5).map(({ restarts }) => restarts)).toEqual([0, 0, 0, 0, 0]);
  expect(await fleet.stop()).toBe(0);
  expect(pids.filter(isRunning)).toEqual([]);
  expect(fleet.stderr).toBe('');
}

describe('a module that, in the process of its service,', () => {
  test('throws while loading makes only its own service fail', async () => {
    const fleet = await startWith('throws-while-loading');
    const cause = 'thrower died before it was ready, exit code 1: .*Error: no such database';
    await fleet.shows(new RegExp(`\\[WARNING\\] \\[Supervisor\\]: ${cause}`));
    await fleet.shows(new RegExp(`\\[ERROR\\] \\[Supervisor\\]: ${cause}; it failed too often`));
    expect(await fleet.service('thrower')).toMatchObject({ state: 'failed', restarts: 5 });
    await expectOthersUnharmed(fleet);
  });

  test.each([
    { name: 'waiter', module: 'never-finishes-loading' },
    { name: 'looper', module: 'loops-while-loading' },
  ])('$module does not delay the others', async ({ name, module }) => {
    const fleet = await startWith(module);
    expect(await fleet.service(name)).toMatchObject({ state: 'starting' });
    await expectOthersUnharmed(fleet);
  });
});

describe('a service that prints endlessly', () => {
  test.each([
    { name: 'early-flood', logName: 'EarlyFloodService', module: 'prints-endlessly-while-loading' },
    { name: 'late-flood', logName: 'LateFloodService', module: 'prints-in-an-endless-loop-when-up' },
    { name: 'flood', logName: 'FloodService', module: 'prints-endlessly-when-up' },
  ])('is the only one slowed down: $module', async ({ name, logName, module }) => {
    const start = Date.now();
    const fleet = await startWith(module);
    await fleet.shows(new RegExp(`${name} prints more than 256 KB a second, pid \\d+: throttled to that rate`));
    await expectOthersUnharmed(fleet);
    const seconds = Math.ceil((Date.now() - start) / 1_000);
    const lines = readFileSync(fleet.logFile, 'utf8').split('\n');
    const pids = lines.map((line) => /prints more than .*, pid (\d+)/.exec(line)?.[1]).filter((pid) => pid);
    expect(new Set(pids).size, 'one warning for each process').toBe(pids.length);
    // Per second the limit and one chunk of each stream, which makes about 2 MB of the shortest lines.
    const printed = lines.filter((line) => line.includes(`[${logName}]: `)).join('\n').length;
    expect(printed).toBeLessThan((seconds + 1) * (MAX_PRINTED_BYTES + 2 * 2_500_000));
  });
});

test('after SIGKILL of the supervisor a service in an endless loop exits, too', async () => {
  const fleet = await startWith('loops-while-loading');
  const { pid } = await fleet.service('looper');
  fleet.process.kill('SIGKILL');
  await fleet.exited;
  await expect.poll(() => isRunning(pid as number), { timeout: 20_000 }).toBe(false);
});

describe('a module is imported once to read its definition, and in the process of its service', () => {
  const importers = (directory: string) => readFileSync(join(directory, 'imports.txt'), 'utf8').trimEnd().split('\n');
  const MODULE = fixture('records-which-processes-import-it');

  test('of a fleet with --backfill', async () => {
    const directory = temporaryDirectory();
    const fleet = await startFleetIn(directory, '--service', MODULE, '--backfill', '60s');
    expect(importers(directory)).toEqual([MODULE, 'marker']);
    await fleet.stop();
  });

  test('and once only by a backfill', async () => {
    const directory = temporaryDirectory();
    const args = [...RANGE, '--service', MODULE, '--output', 'x.log', '--workers', '2'];
    expect(await command(directory, 'backfill', ...args)).toMatchObject({ status: 0 });
    expect(importers(directory)).toEqual([MODULE]);
    expect(fileNamesIn(directory)).toEqual(['imports.txt', 'x.log']);
  });
});

test('a module that is changed while the fleet runs affects only its own service', async () => {
  const directory = temporaryDirectory();
  const module = join(directory, 'own.js');
  const importPlain = `import { plain } from ${JSON.stringify(fixture('plain'))};`;
  writeFileSync(module, `${importPlain}\nexport default plain('own', 'OwnService');\n`);
  const fleet = await startFleetIn(directory, '--rate', '500', '--service', './own.js');
  writeFileSync(module, "throw new Error('half a module');\n");
  expect(await fleet.command('services', 'kill', 'api')).toMatchObject({ status: 0, stderr: '' });
  await fleet.showsLines(50, 'ApiService');
  expect((await fleet.command('services', 'kill', 'own')).stderr).toMatch(/^own: did not come up: exit code 1; /);
  writeFileSync(module, `${importPlain}\nexport default plain('another', 'AnotherService');\n`);
  expect(await fleet.command('services', 'restart', 'own')).toMatchObject({ status: 0, stderr: '' });
  await fleet.showsLines(50, 'OwnService');
  expect(await fleet.stop()).toBe(0);
});
