/** Faults of the log file and its disk. */

import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { updateRatios } from '../../shared/index.ts';
import { type RunningFleet, startFleet, startFleetIn } from '../e2e/fleet.ts';
import { expectExactlyOnce } from '../tools/exactly-once.ts';
import { smallDisk } from '../tools/small-disk.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

// What takes ten seconds may take a minute on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const FAST = ['--rate', '2000'] as const;

/** Stops the fleet and expects its files to hold every line that was due, and the same text as its console. */
async function stopAndCompare(fleet: RunningFleet, files = fleet.files): Promise<void> {
  const world = await fleet.world();
  expect(await fleet.stop()).toBe(0);
  expect(fleet.stderr).toBe('');
  await expectExactlyOnce({ world, files });
  expect(files.map((file) => readFileSync(file, 'utf8')).join('')).toBe(fleet.stdout);
}

test('after a full disk has room again, every line is in the file exactly once', async ({ skip }) => {
  const directory = smallDisk(2048) ?? skip('only root may mount a disk');
  const ballast = join(directory, 'ballast');
  writeFileSync(ballast, Buffer.alloc(1_900 * 1024));
  const fleet = await startFleetIn(directory, '--rate', '1000');
  await fleet.shows(/Log file cannot be written, keeping lines and trying again: ENOSPC/);
  await fleet.showsLines(1_000);
  expect(await updateRatios({ api: 10 }, { logFile: fleet.logFile })).toMatchObject({ api: 10 });
  await fleet.showsLines(500);
  rmSync(ballast);
  await fleet.shows(/Log file is written again, no line was lost/);
  await stopAndCompare(fleet);
  expect(fleet.stdout.match(/Log file/g)).toHaveLength(2);
});

test('on /dev/full the console has every line, and the missing ones are counted at the end', async () => {
  const directory = temporaryDirectory();
  // Without rotation: run by root, a bug in it could remove the device.
  symlinkSync('/dev/full', join(directory, 'app.log'));
  const fleet = await startFleetIn(directory, ...FAST, '--max-size', '0');
  await fleet.shows(/Log file cannot be written, keeping lines and trying again: ENOSPC/);
  await fleet.showsLines(1_000);
  expect((await fleet.services()).map(({ state }) => state)).toEqual(Array(5).fill('up'));
  const world = await fleet.world();
  const stop = await fleet.command('stop');
  expect(stop).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/the last \d+ lines of \S+ could not be written/),
  });
  expect(await fleet.exited).toBe(1);
  const shown = join(directory, 'shown.log');
  writeFileSync(shown, fleet.stdout);
  await expectExactlyOnce({ world, files: [shown] });
  const lines = fleet.stdout.split('\n').length - 1;
  expect(fleet.stderr).toBe(`${fleet.logFile} could not be written: its last ${lines} lines are missing\n`);
});

test('a torn last line, as after a power failure, is terminated before new lines follow', async () => {
  const directory = temporaryDirectory();
  const before = '2026-11-22T16:42:26.456Z [INFO] [AuthService]: whole\n2026-11-22T16:42:26.457Z [INFO] [Auth';
  writeFileSync(join(directory, 'app.log'), before);
  const fleet = await startFleetIn(directory, ...FAST);
  await fleet.showsLines(300);
  await fleet.stop();
  expect(readFileSync(fleet.logFile, 'utf8')).toBe(`${before}\n${fleet.stdout}`);
});

test('a file that is already too large is rotated before the first line', async () => {
  const directory = temporaryDirectory();
  const before = 'of an earlier run\n'.repeat(1_000);
  writeFileSync(join(directory, 'app.log'), before);
  const fleet = await startFleetIn(directory, '--max-size', '10KB');
  await fleet.showsLines(20);
  await fleet.stop();
  expect(fleet.files.map((file) => readFileSync(file, 'utf8'))).toEqual([before, fleet.stdout]);
});

test('after the file is moved without a signal, a new one is created, and no line is lost', async () => {
  const fleet = await startFleet(...FAST);
  await fleet.showsLines(500);
  const moved = join(fleet.directory, 'moved.log');
  renameSync(fleet.logFile, moved);
  await fleet.shows(/Log file was moved, starting a new one/);
  await fleet.showsLines(500);
  await stopAndCompare(fleet, [moved, fleet.logFile]);
});

test('a file that is removed is replaced by a new one: only what was written in between is lost', async () => {
  const fleet = await startFleet(...FAST);
  await fleet.showsLines(500);
  const seen = fleet.stdout.length;
  rmSync(fleet.logFile);
  await fleet.shows(/Log file was removed, starting a new one/);
  await fleet.showsLines(500);
  await fleet.stop();
  const text = readFileSync(fleet.logFile, 'utf8');
  expect(fleet.stdout.endsWith(text)).toBe(true);
  const timeAt = (at: number) => Date.parse(fleet.stdout.slice(fleet.stdout.indexOf('\n', at) + 1).slice(0, 24));
  expect(timeAt(fleet.stdout.length - text.length - 1) - timeAt(seen)).toBeLessThan(5_000);
});

test('after the file is truncated, writing continues at its start', async () => {
  const fleet = await startFleet(...FAST);
  await fleet.showsLines(500);
  writeFileSync(fleet.logFile, '');
  await fleet.showsLines(500);
  await fleet.stop();
  const text = readFileSync(fleet.logFile, 'utf8');
  expect(text).toMatch(/^\d{4}-/);
  expect(fleet.stdout.endsWith(text)).toBe(true);
});

test('while the directory of the file is missing, lines are kept until it is back', async () => {
  const directory = temporaryDirectory();
  const logs = join(directory, 'logs');
  mkdirSync(logs);
  const file = join(logs, 'demo.log');
  const fleet = await startFleetIn(directory, ...FAST, '--log-file', file);
  await fleet.showsLines(500);
  rmSync(logs, { recursive: true });
  await fleet.shows(/Log file cannot be written, keeping lines and trying again: ENOENT/);
  await fleet.showsLines(500);
  mkdirSync(logs);
  await fleet.shows(/Log file is written again, no line was lost/);
  fleet.process.kill('SIGTERM');
  await fleet.exited;
  const text = readFileSync(file, 'utf8');
  expect(text.split('\n').length).toBeGreaterThan(500);
  expect(fleet.stdout.endsWith(text)).toBe(true);
});
