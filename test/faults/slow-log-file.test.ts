/** A log file that takes lines more slowly than they come. */

import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { updateRatios } from '../../shared/index.ts';
import { type RunningFleet, startFleet, startFleetIn } from '../e2e/fleet.ts';
import { expectExactlyOnce } from '../tools/exactly-once.ts';
import { smallDisk } from '../tools/small-disk.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

vi.setConfig({ testTimeout: 180_000 });

const PAUSES = /\[WARNING\] \[Supervisor\]: Log file does not keep up: the services pause until it does/;

/** Creates a directory whose app.log is a named pipe, with a non-blocking read of it. */
function createPipe() {
  const directory = temporaryDirectory();
  const path = join(directory, 'app.log');
  execFileSync('mkfifo', [path]);
  const descriptor = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  onTestFinished(() => closeSync(descriptor));
  const buffer = Buffer.alloc(65_536);
  const read = (): string => {
    try {
      return buffer.toString('utf8', 0, readSync(descriptor, buffer));
    } catch {
      return '';
    }
  };
  return { directory, read };
}

/** Reads a chunk of the pipe at each interval until the fleet has exited. */
async function readUntilEnd(fleet: RunningFleet, read: () => string, intervalMs: number): Promise<string> {
  let text = '';
  let hasExited = false;
  void fleet.exited.then(() => (hasExited = true));
  while (!hasExited) {
    text += read();
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
  for (let rest = read(); rest !== ''; rest = read()) text += rest;
  return text;
}

describe('a named pipe', () => {
  test('that is not read: the services pause, changes take effect, and the fleet exits with status 1', async () => {
    const { directory } = createPipe();
    const fleet = await startFleetIn(directory, '--rate', '20000');
    await fleet.shows(PAUSES);
    expect(await updateRatios({ api: 7 }, { logFile: fleet.logFile })).toMatchObject({ api: 7 });
    const stop = await fleet.command('stop');
    expect(stop).toMatchObject({ status: 1, stdout: '' });
    expect(stop.stderr).toMatch(
      new RegExp(
        `^the fleet has stopped \\(pid ${fleet.pid}\\), but the last \\d+ lines of \\S+ could not be written: its disk is full`,
      ),
    );
    expect(await fleet.exited).toBe(1);
    expect(fleet.stderr).toMatch(/could not be written: its last \d+ lines are missing\n$/);
  });

  test('that is read slowly: dropped lines are reported, and all others are written', async () => {
    const { directory, read } = createPipe();
    const fleet = await startFleetIn(directory, '--rate', '20000');
    await fleet.shows(PAUSES);
    const text = readUntilEnd(fleet, read, 5);
    await fleet.shows(/ skipped \d+ lines due from /);
    await updateRatios({ api: 7 }, { logFile: fleet.logFile });
    const world = await fleet.world();
    fleet.process.kill('SIGTERM');
    const status = await fleet.exited;
    const copy = join(directory, 'copy.log');
    writeFileSync(copy, await text);
    const log = readFileSync(copy, 'utf8');
    const missing = /The last (\d+) lines could not be written and are missing here/.exec(log)?.[1];
    expect(status).toBe(missing === undefined ? 0 : 1);
    if (missing === undefined) await expectExactlyOnce({ world, files: [copy] });
    else expect(log.endsWith('\n')).toBe(true);
  });
});

test('a file that is rotated after every few lines, with a thousand files kept, makes the services pause', async () => {
  // Slower than its lines come, but fast enough for the 4 MB in the queue to be written in the 10 s that the stop waits:
  // at 1 KB a file that would be 4,000 rotations of 2.5 ms at most, which a loaded machine does not do.
  const fleet = await startFleet('--rate', '20000', '--traffic', 'steady', '--max-size', '2KB', '--keep', '1000');
  await fleet.shows(PAUSES);
  await updateRatios({ api: 7 }, { logFile: fleet.logFile });
  expect(await fleet.stop()).toBe(0);
  expect(fleet.stderr).toBe('');
  expect(fleet.files.length).toBeLessThanOrEqual(1_001);
});

test('on a disk that is full at the stop both exit with status 1, and the file ends with a complete line', async ({
  skip,
}) => {
  const directory = smallDisk(512) ?? skip('only root may mount a disk');
  const fleet = await startFleetIn(directory, '--rate', '2000');
  await fleet.shows(/Log file cannot be written, keeping lines and trying again: ENOSPC/);
  const stop = await fleet.command('stop');
  expect(stop).toMatchObject({ status: 1, stdout: '' });
  expect(stop.stderr).toMatch(/the last \d+ lines of \S+ could not be written/);
  expect(await fleet.exited).toBe(1);
  expect(readFileSync(fleet.logFile, 'utf8')).toMatch(/\n$/);
});
