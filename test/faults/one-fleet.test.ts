/** One fleet per log file, whatever the user, directory, environment or name of the file. */

import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { findFleet } from '../../shared/registry/fleets.ts';
import { launch, startFleet, startFleetIn } from '../e2e/fleet.ts';
import { expectExactlyOnce } from '../tools/exactly-once.ts';
import { CLI, type ExitResult, ROOT, run } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

// What takes ten seconds may take a minute on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const isRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65_534, gid: 65_534 };

/** Runs one of the commands with no other environment variables than these and PATH. */
async function inEnvironment(env: NodeJS.ProcessEnv, cwd: string, ...args: readonly string[]): Promise<ExitResult> {
  const assignments = Object.entries({ PATH: process.env.PATH, ...env }).map(([name, value]) => `${name}=${value}`);
  return run('env', ['-i', ...assignments, process.execPath, CLI, ...args], cwd);
}

describe('a second fleet is refused with the pid of the first, and commands find the first', () => {
  test('from another environment and another directory', async () => {
    const fleet = await startFleet();
    const elsewhere = temporaryDirectory();
    for (const env of [{ XDG_RUNTIME_DIR: elsewhere }, { TMPDIR: elsewhere }, { HOME: elsewhere }, {}]) {
      const second = await inEnvironment(env, elsewhere, 'start', '--log-file', fleet.logFile);
      expect(second).toMatchObject({ status: 1, stdout: '' });
      expect(second.stderr).toContain(`another fleet (pid ${fleet.pid}) writes to ${fleet.logFile}`);
      const path = relative(elsewhere, fleet.logFile);
      expect(await inEnvironment(env, elsewhere, 'ratios', '--log-file', path)).toMatchObject({
        status: 0,
        stderr: '',
      });
    }
    await fleet.stop();
  });

  test.runIf(isRoot)('of another user, in both directions', async () => {
    const directory = temporaryDirectory();
    chmodSync(directory, 0o777);
    const logFile = join(directory, 'app.log');
    writeFileSync(logFile, '');
    chownSync(logFile, NOBODY.uid, NOBODY.gid);
    const byRoot = await startFleetIn(directory);
    const byNobody = await run(process.execPath, [CLI, 'start', '--log-file', logFile], '/', NOBODY);
    expect(byNobody).toMatchObject({ status: 1, stdout: '' });
    expect(byNobody.stderr).toMatch(new RegExp(`another fleet \\(pid ${byRoot.pid} of user 0\\) writes to`));
    const ratios = await run(process.execPath, [CLI, 'ratios', '--log-file', logFile], '/', NOBODY);
    expect(ratios).toMatchObject({ status: 1, stdout: '' });
    expect(ratios.stderr).toMatch(/belongs to user 0; run the command as that user or as root\n$/);
    // After a SIGKILL its registry entry must not block another user, who cannot remove it.
    byRoot.process.kill('SIGKILL');
    await byRoot.exited;
    const child = spawn(process.execPath, [CLI, 'start', '--log-file', logFile], {
      cwd: '/',
      ...NOBODY,
      stdio: 'ignore',
    });
    await expect.poll(() => findFleet(logFile)?.uid).toBe(NOBODY.uid);
    const second = await run(process.execPath, [CLI, 'start', '--log-file', logFile], '/');
    expect(second.stderr).toContain(`another fleet (pid ${child.pid} of user ${NOBODY.uid}) writes to`);
    await expect
      .poll(() => run(process.execPath, [CLI, 'stop', '--log-file', logFile], '/'), { interval: 500 })
      .toMatchObject({ status: 0 });
  });

  test('on a rotated file of the first', async () => {
    const fleet = await startFleet();
    const second = await fleet.command('start', '--log-file', `${fleet.logFile}.1`);
    expect(second).toMatchObject({ status: 1, stdout: '' });
    expect(second.stderr).toContain(`(pid ${fleet.pid}) writes to ${fleet.logFile}, and ${fleet.logFile}.1 is among`);
    expect(existsSync(`${fleet.logFile}.1`)).toBe(false);
    await fleet.stop();
  });
});

test('a log file with a second name (a hard link) is refused', async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'app.log'), 'before\n');
  linkSync(join(directory, 'app.log'), join(directory, 'other.log'));
  const ended = await run(process.execPath, [CLI, 'start', '--log-file', 'other.log'], directory);
  expect(ended).toMatchObject({ status: 1, stdout: '' });
  expect(ended.stderr).toMatch(
    /^--log-file: \S+other\.log has 2 names \(hard links\); remove the others or use another file\n$/,
  );
  expect(readFileSync(join(directory, 'app.log'), 'utf8')).toBe('before\n');
});

test('a fleet follows a link that is changed while it runs, with its lock, and no line is lost', async () => {
  const directory = temporaryDirectory();
  for (const store of ['store1', 'store2']) mkdirSync(join(directory, store));
  symlinkSync('store1/app.log', join(directory, 'app.log'));
  const fleet = await launch({ commandLine: [process.execPath, CLI, 'start', '--rate', '500'], directory });
  await fleet.showsLines(300);
  symlinkSync('store2/app.log', join(directory, 'new'));
  renameSync(join(directory, 'new'), fleet.logFile);
  const isFound = async (name: string) => {
    const second = await fleet.command('start', '--log-file', name);
    expect(second).toMatchObject({ status: 1, stderr: expect.stringContaining(`another fleet (pid ${fleet.pid})`) });
    expect(await fleet.command('ratios', '--log-file', name)).toMatchObject({ status: 0, stderr: '' });
  };
  await isFound('app.log');
  await fleet.shows(/Log file was moved, starting a new one/);
  await isFound('app.log');
  await isFound('store2/app.log');
  await fleet.showsLines(300);
  const world = await fleet.world();
  await fleet.stop();
  const files = ['store1', 'store2'].map((store) => join(directory, store, 'app.log'));
  await expectExactlyOnce({ world, files });
});

describe('a fleet that loses its lock restores it within a second and reports it', () => {
  test('its socket, so that commands work again', async () => {
    const fleet = await startFleet('--rate', '100');
    unlinkSync((await fleet.command('socket')).stdout.trim());
    await fleet.shows(
      /\[WARNING\] \[Supervisor\]: The control socket \S+ was removed by another program and has been restored/,
    );
    expect(await fleet.command('ratios', '--api', '3')).toMatchObject({ status: 0, stderr: '' });
    expect(await fleet.stop()).toBe(0);
  });

  test('its entry in the registry, so that a second fleet is refused', async () => {
    const fleet = await startFleet('--rate', '100');
    rmSync(findFleet(fleet.logFile)?.entryFile as string);
    await fleet.shows(
      /The entry of this fleet in the registry of fleets was removed by another program and has been restored/,
    );
    expect(await fleet.command('start')).toMatchObject({ status: 1, stdout: '' });
    expect(await fleet.stop()).toBe(0);
  });
});

test('npm start from an environment without a runtime directory or a home works', async () => {
  const directory = temporaryDirectory();
  const logFile = join(directory, 'app.log');
  const commandLine = [
    'env',
    '-i',
    `PATH=${process.env.PATH}`,
    'npm',
    'start',
    '--silent',
    '--',
    '--log-file',
    logFile,
  ];
  const fleet = await launch({ commandLine, directory, cwd: ROOT });
  expect(await fleet.stop()).toBe(0);
});
