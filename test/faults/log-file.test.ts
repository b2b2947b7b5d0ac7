/** Whatever may happen to the log file and its disk. */

import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { updateRatios } from '../../shared/index.ts';
import { type RunningFleet, startFleet, startFleetIn } from '../e2e/fleet.ts';
import { expectExactlyOnce } from '../tools/exactly-once.ts';
import { smallDisk } from '../tools/small-disk.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

// On a busy machine what takes ten seconds takes a minute.
vi.setConfig({ testTimeout: 180_000 });

const FAST = ['--rate', '2000'] as const;

/** Stops the fleet; its files then hold all that it showed, which is all that it should have written. */
async function stopAndProve(fleet: RunningFleet, files = fleet.files): Promise<void> {
  const world = await fleet.world();
  expect(await fleet.stop()).toBe(0);
  expect(fleet.stderr).toBe('');
  await expectExactlyOnce({ world, files });
  expect(files.map((file) => readFileSync(file, 'utf8')).join('')).toBe(fleet.stdout);
}

test('a full disk is survived; once there is room, every line is there exactly once', async ({ skip }) => {
  const disk = smallDisk(1024);
  skip(disk === undefined, 'only root may mount a small disk');
  const directory = disk as string;
  const ballast = join(directory, 'ballast');
  writeFileSync(ballast, Buffer.alloc(900 * 1024));
  const fleet = await startFleetIn(directory, '--rate', '1000');
  await fleet.shows(/Log file cannot be written, keeping lines and trying again: ENOSPC/);
  await fleet.showsLines(1_000);
  expect(await updateRatios({ api: 10 }, { logFile: fleet.logFile })).toMatchObject({ api: 10 });
  await fleet.showsLines(500);
  rmSync(ballast);
  await fleet.shows(/Log file is written again, no line was lost/);
  await stopAndProve(fleet);
  expect(fleet.stdout.match(/Log file/g)).toHaveLength(2);
});

test('on /dev/full the console has every line, and at the end the missing ones are counted', async () => {
  const directory = temporaryDirectory();
  // Without rotation: run by root, a fault in it would take the device away from everybody.
  symlinkSync('/dev/full', join(directory, 'app.log'));
  const fleet = await startFleetIn(directory, ...FAST, '--max-size', '0');
  await fleet.shows(/Log file cannot be written, keeping lines and trying again: ENOSPC/);
  await fleet.showsLines(1_000);
  expect((await fleet.services()).map(({ state }) => state)).toEqual(Array(5).fill('up'));
  const world = await fleet.world();
  const stop = await fleet.command('stop');
  expect(stop).toMatchObject({ status: 1, stderr: expect.stringMatching(/did not take its last \d+ lines/) });
  expect(await fleet.exited).toBe(1);
  const shown = join(directory, 'shown.log');
  writeFileSync(shown, fleet.stdout);
  await expectExactlyOnce({ world, files: [shown] });
  const lines = fleet.stdout.split('\n').length - 1;
  expect(fleet.stderr).toBe(`${fleet.logFile} could not be written: its last ${lines} lines are missing\n`);
});

test('a last line that was torn when the machine died gets its end, and the new ones begin after it', async () => {
  const directory = temporaryDirectory();
  const before = '2026-11-22T16:42:26.456Z [INFO] [AuthService]: whole\n2026-11-22T16:42:26.457Z [INFO] [Auth';
  writeFileSync(join(directory, 'app.log'), before);
  const fleet = await startFleetIn(directory, ...FAST);
  await fleet.showsLines(300);
  await fleet.stop();
  expect(readFileSync(fleet.logFile, 'utf8')).toBe(`${before}\n${fleet.stdout}`);
});

test('a file that is too large already is rotated before the first line', async () => {
  const directory = temporaryDirectory();
  const before = 'of an earlier run\n'.repeat(1_000);
  writeFileSync(join(directory, 'app.log'), before);
  const fleet = await startFleetIn(directory, '--max-size', '10KB');
  await fleet.showsLines(20);
  await fleet.stop();
  expect(fleet.files.map((file) => readFileSync(file, 'utf8'))).toEqual([before, fleet.stdout]);
});

test('a file that is moved away without a signal is followed by a new one, and no line is lost', async () => {
  const fleet = await startFleet(...FAST);
  await fleet.showsLines(500);
  const moved = join(fleet.directory, 'moved.log');
  renameSync(fleet.logFile, moved);
  await fleet.shows(/Log file was moved by somebody, a new one is begun/);
  await fleet.showsLines(500);
  await stopAndProve(fleet, [moved, fleet.logFile]);
});

test('a file that is removed is begun anew: only what was written in between is lost', async () => {
  const fleet = await startFleet(...FAST);
  await fleet.showsLines(500);
  const seen = fleet.stdout.length;
  rmSync(fleet.logFile);
  await fleet.shows(/Log file was removed by somebody, a new one is begun/);
  await fleet.showsLines(500);
  await fleet.stop();
  const text = readFileSync(fleet.logFile, 'utf8');
  expect(fleet.stdout.endsWith(text)).toBe(true);
  const timeAt = (at: number) => Date.parse(fleet.stdout.slice(fleet.stdout.indexOf('\n', at) + 1).slice(0, 24));
  expect(timeAt(fleet.stdout.length - text.length - 1) - timeAt(seen)).toBeLessThan(5_000);
});

test('a file that is emptied goes on from its start', async () => {
  const fleet = await startFleet(...FAST);
  await fleet.showsLines(500);
  writeFileSync(fleet.logFile, '');
  await fleet.showsLines(500);
  await fleet.stop();
  const text = readFileSync(fleet.logFile, 'utf8');
  expect(text).toMatch(/^\d{4}-/);
  expect(fleet.stdout.endsWith(text)).toBe(true);
});

test('when its whole directory is gone, the lines are kept until it is back', async () => {
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
