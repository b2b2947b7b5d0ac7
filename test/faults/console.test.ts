/** A reader of the console that stands still for ten seconds, and a console on a full disk. */

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
const STALL = 10_000;

/** Ten seconds of standing still, at a rate that a slow machine takes its time for. */
const LONG = { timeout: 180_000 };

/** How long a command may take while nobody reads, in ms. */
const PROMPTLY = 8_000;

/** Runs a program on a terminal of its own, and passes on what that shows. */
const ON_A_TERMINAL = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

/** Runs commands while nobody reads the console for ten seconds, then lets it be read again. */
async function stall(fleet: RunningFleet, whatHappens: () => Promise<void>): Promise<void> {
  const start = performance.now();
  fleet.process.stdout?.pause();
  await whatHappens();
  await delay(Math.max(0, STALL - (performance.now() - start)));
  fleet.process.stdout?.resume();
}

async function command(fleet: RunningFleet, ...words: readonly string[]): Promise<void> {
  const start = performance.now();
  expect(await fleet.command(...words)).toMatchObject({ status: 0, stderr: '' });
  expect(performance.now() - start, words.join(' ')).toBeLessThan(PROMPTLY);
}

function logText(fleet: RunningFleet): string {
  return readFileSync(fleet.logFile, 'utf8');
}

/** What the supervisor says was skipped, by service. */
function toldAsSkipped(text: string): Record<string, number> {
  const told: Record<string, number> = {};
  for (const [, name, lines] of text.matchAll(/\[WARNING\] \[Supervisor\]: (\w+) skipped (\d+) lines due from /g)) {
    told[name as string] = (told[name as string] ?? 0) + Number(lines);
  }
  return told;
}

/** Services that did not write until that instant, in ms since the epoch, or longer. */
function gapsOf(world: World, instant: number): readonly string[] {
  return [...new Set(world.gaps?.filter(({ to }) => to >= instant).map(({ service }) => service))].sort();
}

/** Lines that should not be there once its ratio is 10, from that instant on, in ms since the epoch. */
function goodLinesOfApi(fleet: RunningFleet, from: number): readonly ParsedLine[] {
  const lines = fleet.lines().filter(({ service, time }) => service === 'ApiService' && time >= from);
  expect(lines.length).toBeGreaterThan(0);
  return lines.filter(({ level }) => level === 'INFO' || level === 'DEBUG');
}

test('of a pipe: the services pause, commands are obeyed, and every line of the file is shown', LONG, async () => {
  const fleet = await startFleet('--rate', String(RATE));
  await stall(fleet, async () => {
    await expect
      .poll(() => logText(fleet), { timeout: 30_000 })
      .toContain('Console does not keep up: the services pause');
    const size = statSync(fleet.logFile).size;
    await command(fleet, 'ratios', '--api', '10', '--auth', '0');
    await command(fleet, 'services', 'restart', 'payment');
    expect((await fleet.services()).map(({ state }) => state)).toEqual(Array(5).fill('up'));
    // What a service writes until it hears of the pause, and what the supervisor says.
    expect(statSync(fleet.logFile).size - size).toBeLessThan(2_000_000);
  });
  const resumed = Date.now();
  const five = ['api', 'auth', 'inventory', 'notification', 'payment'];
  await expect.poll(async () => gapsOf(await fleet.world(), resumed), { timeout: 60_000 }).toEqual(five);
  await fleet.showsLines(3_000);
  expect(goodLinesOfApi(fleet, resumed)).toEqual([]);
  const world = await fleet.world();
  await fleet.stop();
  expect(fleet.stdout).toBe(logText(fleet));
  expect(Object.keys(toldAsSkipped(fleet.stdout)).sort()).toEqual(five);
  await expectExactlyOnce({ world, files: fleet.files });
});

test(
  'of a terminal: nobody pauses, commands are obeyed, the file is complete and the gap on the screen is told',
  LONG,
  async ({ skip }) => {
    const python = await run('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode'], '/').catch(
      () => undefined,
    );
    skip(python?.status !== 0, 'python3 is not there to make a terminal');
    const words = ['python3', '-c', ON_A_TERMINAL, process.execPath, CLI, 'start', '--rate', String(RATE)];
    const fleet = await launch({ words, directory: temporaryDirectory() });
    await stall(fleet, async () => {
      await command(fleet, 'ratios', '--api', '10');
      const changed = Date.now();
      const from = fleet.logSize;
      await command(fleet, 'services', 'kill', 'payment');
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
    const told = shown.match(/did not keep up/g)?.length ?? 0;
    // A terminal shows what python has to say too.
    const lines = shown.split('\n').filter(parseLine);
    expect(lines.length - told + missed).toBe(fleet.lines().length);
  },
);

test('of a terminal that never goes on does not hold up the end', LONG, async ({ skip }) => {
  const python = await run('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode'], '/').catch(() => undefined);
  skip(python?.status !== 0, 'python3 is not there to make a terminal');
  const words = ['python3', '-c', ON_A_TERMINAL, process.execPath, CLI, 'start', '--rate', String(RATE)];
  const fleet = await launch({ words, directory: temporaryDirectory() });
  fleet.process.stdout?.pause();
  const from = fleet.logSize;
  await expect.poll(() => fleet.logSize, { timeout: 30_000 }).toBeGreaterThan(from + 1_000_000);
  const pid = Number(/Fleet starts, pid (\d+)/.exec(logText(fleet))?.[1]);
  await command(fleet, 'stop');
  await expect.poll(() => isRunning(pid), { timeout: 3_000 }).toBe(false);
  fleet.process.stdout?.resume();
  expect(await fleet.exited).toBe(0);
});

/** A fleet whose console is a file. */
function startWithConsoleIn(file: string): Promise<RunningFleet> {
  const words = ['sh', '-c', 'exec "$@" > "$0"', file, process.execPath, CLI, 'start', '--rate', String(RATE)];
  return launch({ words, directory: temporaryDirectory(), up: 0 });
}

/** More bytes of the log than the console keeps before it asks the services to pause. */
const MORE_THAN_IS_KEPT = 4_000_000;

const hasGrownTo = (fleet: RunningFleet, size: number) =>
  expect
    .poll(() => existsSync(fleet.logFile) && fleet.logSize > size, { timeout: 120_000, message: `${size} bytes` })
    .toBe(true);

test('on a disk that is always full: the services write on, and every line is in the file', LONG, async ({ skip }) => {
  skip(!existsSync('/dev/full'), 'there is no /dev/full here');
  const fleet = await startWithConsoleIn('/dev/full');
  await hasGrownTo(fleet, MORE_THAN_IS_KEPT);
  const world = await fleet.world();
  await fleet.stop();
  expect(fleet.stderr).toBe('');
  expect(logText(fleet)).not.toContain('the services pause');
  const { missing, duplicated, torn } = compareStoppedRun({ world, files: fleet.files, catalog: await loadCatalog() });
  expect({ missing, duplicated, torn }).toEqual({ missing: [], duplicated: [], torn: [] });
});

test('on a disk that is full for a while: what was kept is written once there is room', LONG, async ({ skip }) => {
  const disk = smallDisk(65_536);
  skip(disk === undefined, 'only root may mount a small disk');
  const ballast = `${disk}/ballast`;
  writeFileSync(ballast, Buffer.alloc(65_536 * 1024 - 262_144));
  const file = `${disk}/console.log`;
  const fleet = await startWithConsoleIn(file);
  await hasGrownTo(fleet, MORE_THAN_IS_KEPT);
  expect(statSync(file).size).toBeLessThan(300_000);
  rmSync(ballast);
  await expect.poll(() => statSync(file).size, { timeout: 60_000 }).toBeGreaterThan(MORE_THAN_IS_KEPT);
  await fleet.stop();
  expect(readFileSync(file, 'utf8')).toBe(logText(fleet));
});
