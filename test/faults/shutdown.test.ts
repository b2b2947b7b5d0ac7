/** Fleets that are killed, interrupted, or lose their console. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { controlSocketPath } from '../../shared/paths.ts';
import { parseLine } from '../../shared/record.ts';
import { SIGKILL_DELAY_MS } from '../../shared/timing.ts';
import { launch, startFleetIn } from '../e2e/fleet.ts';
import { expectExactlyOnce } from '../tools/exactly-once.ts';
import { machineSlowdown } from '../tools/machine-slowdown.ts';
import { runningInGroup } from '../tools/process-group.ts';
import { isRunning } from '../tools/programs.ts';
import { CLI, ROOT, run } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

const UNSTOPPABLE = fileURLToPath(new URL('../fixtures/services/hangs-when-asked-to-stop.js', import.meta.url));

test('SIGKILL of the supervisor leaves no process, and the next start works', async () => {
  const directory = temporaryDirectory();
  const killed = await startFleetIn(directory, '--rate', '500');
  await killed.showsLines(500);
  const pids = (await killed.services()).map(({ pid }) => pid as number);
  killed.process.kill('SIGKILL');
  await killed.exited;
  await expect.poll(() => pids.some(isRunning), { timeout: 5_000 }).toBe(false);
  expect(existsSync(controlSocketPath(killed.logFile))).toBe(true);
  const next = await startFleetIn(directory, '--rate', '500');
  expect(await next.services()).toHaveLength(5);
  expect(await next.stop()).toBe(0);
  expect(next.stderr).toBe('');
  expect(existsSync(controlSocketPath(next.logFile))).toBe(false);
  const text = readFileSync(next.logFile, 'utf8');
  expect(text.endsWith(next.stdout)).toBe(true);
  // The last line before the SIGKILL may be cut off, but the next one starts after it.
  const broken = text.split('\n').filter((line) => line !== '' && !parseLine(line));
  expect(broken.length).toBeLessThanOrEqual(1);
});

test('a second fleet on the same file is refused with the pid of the first, which keeps running', async () => {
  const directory = temporaryDirectory();
  const fleet = await startFleetIn(directory, '--rate', '500');
  const second = await run(process.execPath, [CLI, 'start'], directory);
  expect(second).toMatchObject({ status: 1, stdout: '' });
  expect(second.stderr).toContain(`another fleet (pid ${fleet.pid}) writes to ${fleet.logFile}; stop it with npm stop`);
  await fleet.showsLines(500);
  const world = await fleet.world();
  await fleet.stop();
  await expectExactlyOnce({ world, files: fleet.files });
});

describe.skipIf(!existsSync('/proc/self/stat'))('a signal to the process group, as from a terminal,', () => {
  const startInGroup = (...args: readonly string[]) => {
    const directory = temporaryDirectory();
    const commandLine = ['npm', 'start', '--silent', '--', '--log-file', join(directory, 'app.log'), ...args];
    return launch({ commandLine, directory, cwd: ROOT, detached: true });
  };

  test('Ctrl-C stops npm start with every line in order, including the last ones', async () => {
    const fleet = await startInGroup('--rate', '2000');
    await fleet.showsLines(4_000);
    const world = await fleet.world();
    const start = performance.now();
    process.kill(-fleet.pid, 'SIGINT');
    await fleet.exited;
    expect(performance.now() - start).toBeLessThan(5_000 * (await machineSlowdown()));
    expect(runningInGroup(fleet.pid)).toEqual([]);
    const messages = fleet.lines().map(({ message }) => message);
    expect(messages.at(-1)).toBe('Fleet stopped');
    expect(messages.filter((message) => message.startsWith('Fleet stops'))).toEqual(['Fleet stops: SIGINT']);
    expect(fleet.stdout).toBe(readFileSync(fleet.logFile, 'utf8'));
    expect(await expectExactlyOnce({ world, files: fleet.files })).toBeGreaterThan(3_000);
  });

  test('SIGHUP, as when the terminal closes, does not stop the services', async () => {
    const directory = temporaryDirectory();
    const commandLine = [process.execPath, CLI, 'start', '--rate', '500'];
    const fleet = await launch({ commandLine, directory, detached: true });
    const pids = (await fleet.services()).map(({ pid }) => pid);
    process.kill(-fleet.pid, 'SIGHUP');
    await fleet.shows(/Log file reopened/);
    await fleet.command('ratios', '--api', '5');
    expect((await fleet.services()).map(({ pid }) => pid)).toEqual(pids);
    const world = await fleet.world();
    process.kill(fleet.pid, 'SIGTERM');
    await fleet.exited;
    await expectExactlyOnce({ world, files: fleet.files });
  });

  test('a second Ctrl-C kills a service that ignored the first at once, and no line is torn', async () => {
    const directory = temporaryDirectory();
    const commandLine = [process.execPath, CLI, 'start', '--rate', '500', '--service', UNSTOPPABLE];
    const fleet = await launch({ commandLine, directory, detached: true });
    const start = performance.now();
    process.kill(-fleet.pid, 'SIGINT');
    await fleet.shows(/Fleet stops: SIGINT/);
    await expect.poll(async () => fleet.service('unstoppable')).toMatchObject({ state: 'stopping' });
    // Sooner it would be taken for an echo of the first: npm forwards what the terminal has sent to all.
    await new Promise((resolve) => setTimeout(resolve, 400));
    process.kill(-fleet.pid, 'SIGINT');
    expect(await fleet.exited).toBe(130);
    expect(performance.now() - start).toBeLessThan(4_500 * (await machineSlowdown()));
    expect(runningInGroup(fleet.pid)).toEqual([]);
    expect(fleet.lines().at(-1)?.message).toBe('Fleet stopped');
    expect(existsSync(controlSocketPath(fleet.logFile))).toBe(false);
  });
});

describe.skipIf(!existsSync('/proc/self/stat'))('npm start | head -3', () => {
  test.each([{ rate: '1' }, { rate: '5000' }])(
    'at $rate lines/s stops everything, and nothing by force',
    async ({ rate }) => {
      const logFile = join(temporaryDirectory(), 'app.log');
      const start = `npm start --silent -- --log-file ${logFile} --rate ${rate}`;
      // The time right after `head` and at the end: the difference is how long the fleet took to notice and to stop.
      const line = `${start} | { head -3; date +%s%N >&2; }; echo "status \${PIPESTATUS[*]}" >&2; date +%s%N >&2`;
      const shell = spawn('bash', ['-c', line], { cwd: ROOT, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
      const group = shell.pid as number;
      onTestFinished(() => {
        for (const pid of runningInGroup(group)) process.kill(pid, 'SIGKILL');
      });
      const output = { stdout: '', stderr: '' };
      shell.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
      shell.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
      await once(shell, 'close');
      const [headExited, status, allExited] = output.stderr.trim().split('\n');
      expect(output.stdout.split('\n')).toHaveLength(4);
      expect(status, output.stderr).toBe('status 0 0');
      // It takes some tenths of a second; it takes longer than this when a service has to be killed.
      expect((Number(allExited) - Number(headExited)) / 1e6).toBeLessThan(SIGKILL_DELAY_MS);
      expect(runningInGroup(group)).toEqual([]);
      const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n');
      expect(lines.map(parseLine)).not.toContain(undefined);
      expect(lines.join('\n')).toContain('Fleet stops: the console is gone');
      expect(lines.at(-1)).toContain('Fleet stopped');
      expect(existsSync(controlSocketPath(logFile))).toBe(false);
    },
  );
});
