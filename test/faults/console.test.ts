/** A console that is not read for ten seconds, and a console on a full disk. */

import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../services/load-catalog.ts';
import { type ParsedLine, parseLine } from '../../shared/record.ts';
import type { World } from '../../shared/world.ts';
import { launch, type RunningFleet, startFleet } from '../e2e/fleet.ts';
import { compareStoppedRun } from '../soak/compare-run.ts';
import { expectExactlyOnce } from '../tools/exactly-once.ts';
import { isRunning } from '../tools/programs.ts';
import { CLI, run } from '../tools/run.ts';
import { smallDisk } from '../tools/small-disk.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

const RATE = 3_000;
const STALL_MS = 10_000;

/** For ten seconds without a reader, at a rate that takes a slow machine long to catch up with. */
const SLOW = { timeout: 180_000 };

/** How long a command may take while the console is not read, in ms. */
const MAX_COMMAND_MS = 8_000;

/** Python that runs a program on a new terminal, and copies the terminal's output to stdout. */
const RUN_ON_TERMINAL = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

/** Stops reading the console for ten seconds, while an action runs. */
async function withoutReader(fleet: RunningFleet, action: () => Promise<void>): Promise<void> {
  const start = performance.now();
  fleet.process.stdout?.pause();
  await action();
  await delay(Math.max(0, STALL_MS - (performance.now() - start)));
  fleet.process.stdout?.resume();
}

async function runPromptly(fleet: RunningFleet, ...args: readonly string[]): Promise<void> {
  const start = performance.now();
  expect(await fleet.command(...args)).toMatchObject({ status: 0, stderr: '' });
  expect(performance.now() - start, args.join(' ')).toBeLessThan(MAX_COMMAND_MS);
}

function logText(fleet: RunningFleet): string {
  return readFileSync(fleet.logFile, 'utf8');
}

/** Number of lines that the supervisor reports as dropped, by service. */
function reportedDrops(text: string): Record<string, number> {
  const drops: Record<string, number> = {};
  for (const [, name, lines] of text.matchAll(/\[WARNING\] \[Supervisor\]: (\w+) skipped (\d+) lines due from /g)) {
    drops[name as string] = (drops[name as string] ?? 0) + Number(lines);
  }
  return drops;
}

/** Names of the services with a gap that lasts until that instant (ms since the epoch) or longer. */
function servicesWithGap(world: World, instant: number): readonly string[] {
  return [...new Set(world.gaps?.filter(({ to }) => to >= instant).map(({ service }) => service))].sort();
}

/** The good lines of api since that instant (ms since the epoch), of which there are none with ratio 10. */
function goodLinesOfApi(fleet: RunningFleet, from: number): readonly ParsedLine[] {
  const lines = fleet.lines().filter(({ service, time }) => service === 'ApiService' && time >= from);
  expect(lines.length).toBeGreaterThan(0);
  return lines.filter(({ level }) => level === 'INFO' || level === 'DEBUG');
}

test(
  'while a pipe is not read, the services pause and commands work; the pipe gets every line of the file',
  SLOW,
  async () => {
    const fleet = await startFleet('--rate', String(RATE));
    await withoutReader(fleet, async () => {
      await expect
        .poll(() => logText(fleet), { timeout: 30_000 })
        .toContain('Console does not keep up: the services pause');
      const size = statSync(fleet.logFile).size;
      await runPromptly(fleet, 'ratios', '--api', '10', '--auth', '0');
      await runPromptly(fleet, 'services', 'restart', 'payment');
      expect((await fleet.services()).map(({ state }) => state)).toEqual(Array(5).fill('up'));
      // What services write until they receive the pause, and the events of the supervisor.
      expect(statSync(fleet.logFile).size - size).toBeLessThan(2_000_000);
    });
    const resumed = Date.now();
    const five = ['api', 'auth', 'inventory', 'notification', 'payment'];
    await expect.poll(async () => servicesWithGap(await fleet.world(), resumed), { timeout: 60_000 }).toEqual(five);
    await fleet.showsLines(3_000);
    expect(goodLinesOfApi(fleet, resumed)).toEqual([]);
    const world = await fleet.world();
    await fleet.stop();
    expect(fleet.stdout).toBe(logText(fleet));
    expect(Object.keys(reportedDrops(fleet.stdout)).sort()).toEqual(five);
    await expectExactlyOnce({ world, files: fleet.files });
  },
);

test(
  'while a terminal is not read, no service pauses and commands work; the terminal shows how many lines it missed',
  SLOW,
  async ({ skip }) => {
    const python = await run('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode'], '/').catch(
      () => undefined,
    );
    skip(python?.status !== 0, 'python3 with pty is not installed');
    const commandLine = ['python3', '-c', RUN_ON_TERMINAL, process.execPath, CLI, 'start', '--rate', String(RATE)];
    const fleet = await launch({ commandLine, directory: temporaryDirectory() });
    await withoutReader(fleet, async () => {
      await runPromptly(fleet, 'ratios', '--api', '10');
      const changed = Date.now();
      const from = fleet.logSize;
      await runPromptly(fleet, 'services', 'kill', 'payment');
      await expect.poll(() => fleet.logSize, { timeout: 30_000 }).toBeGreaterThan(from + 2_000_000);
      expect(goodLinesOfApi(fleet, changed)).toEqual([]);
    });
    await fleet.shows(/Console did not keep up: \d+ lines are not shown here; the log file has them/);
    const world = await fleet.world();
    await fleet.stop();
    expect(logText(fleet)).not.toContain('the services pause');
    await expectExactlyOnce({ world, files: fleet.files });
    const shown = stripVTControlCharacters(fleet.stdout).replaceAll('\r\n', '\n');
    const missed = [...shown.matchAll(/did not keep up: (\d+) lines/g)].reduce(
      (sum, [, lines]) => sum + Number(lines),
      0,
    );
    const notices = shown.match(/did not keep up/g)?.length ?? 0;
    // The terminal may show output of Python, too.
    const lines = shown.split('\n').filter(parseLine);
    expect(lines.length - notices + missed).toBe(fleet.lines().length);
  },
);

test('a terminal that is never read again does not delay the shutdown', SLOW, async ({ skip }) => {
  const python = await run('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode'], '/').catch(() => undefined);
  skip(python?.status !== 0, 'python3 with pty is not installed');
  const commandLine = ['python3', '-c', RUN_ON_TERMINAL, process.execPath, CLI, 'start', '--rate', String(RATE)];
  const fleet = await launch({ commandLine, directory: temporaryDirectory() });
  fleet.process.stdout?.pause();
  const from = fleet.logSize;
  await expect.poll(() => fleet.logSize, { timeout: 30_000 }).toBeGreaterThan(from + 1_000_000);
  const pid = Number(/Fleet starts, pid (\d+)/.exec(logText(fleet))?.[1]);
  await runPromptly(fleet, 'stop');
  await expect.poll(() => isRunning(pid), { timeout: 3_000 }).toBe(false);
  fleet.process.stdout?.resume();
  expect(await fleet.exited).toBe(0);
});

/** A fleet whose console is a file. */
function startWithConsoleIn(file: string): Promise<RunningFleet> {
  const commandLine = ['sh', '-c', 'exec "$@" > "$0"', file, process.execPath, CLI, 'start', '--rate', String(RATE)];
  return launch({ commandLine, directory: temporaryDirectory(), up: 0 });
}

/** More bytes than the console keeps before it makes the services pause. */
const MORE_THAN_KEPT = 4_000_000;

const hasGrownTo = (fleet: RunningFleet, size: number) =>
  expect
    .poll(() => existsSync(fleet.logFile) && fleet.logSize > size, { timeout: 120_000, message: `${size} bytes` })
    .toBe(true);

test(
  'on a console whose disk is full the services go on, and every line is in the log file',
  SLOW,
  async ({ skip }) => {
    skip(!existsSync('/dev/full'), 'this system has no /dev/full');
    const fleet = await startWithConsoleIn('/dev/full');
    await hasGrownTo(fleet, MORE_THAN_KEPT);
    const world = await fleet.world();
    await fleet.stop();
    expect(fleet.stderr).toBe('');
    expect(logText(fleet)).not.toContain('the services pause');
    const { missing, duplicated, torn } = compareStoppedRun({
      world,
      files: fleet.files,
      catalog: await loadCatalog(),
    });
    expect({ missing, duplicated, torn }).toEqual({ missing: [], duplicated: [], torn: [] });
  },
);

test('on a console whose disk was full the kept lines are written once there is room', SLOW, async ({ skip }) => {
  const disk = smallDisk(65_536);
  skip(disk === undefined, 'only root may mount a disk');
  const ballast = `${disk}/ballast`;
  writeFileSync(ballast, Buffer.alloc(65_536 * 1024 - 262_144));
  const file = `${disk}/console.log`;
  const fleet = await startWithConsoleIn(file);
  await hasGrownTo(fleet, MORE_THAN_KEPT);
  expect(statSync(file).size).toBeLessThan(300_000);
  rmSync(ballast);
  await expect.poll(() => statSync(file).size, { timeout: 60_000 }).toBeGreaterThan(MORE_THAN_KEPT);
  await fleet.stop();
  expect(readFileSync(file, 'utf8')).toBe(logText(fleet));
});
