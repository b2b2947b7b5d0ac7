/** Rotation of the log file while it is written, by the fleet and by others. */

import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type RunningFleet, startFleet, startFleetIn } from '../e2e/fleet.ts';
import { expectExactlyOnce } from '../tools/exactly-once.ts';
import { InodeFollower } from '../tools/inode-follower.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

// What takes ten seconds may take a minute on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

/** About six rotations per second; nothing is deleted. */
const FAST_ROTATION = ['--rate', '5000', '--max-size', '100KB', '--keep', '1000'] as const;
/** About one rotation per second, so that a follower of the file sees each. */
const SLOW_ROTATION = ['--rate', '1500', '--max-size', '200KB', '--keep', '1000'] as const;

async function waitForRotations(fleet: RunningFleet, times: number): Promise<void> {
  while (fleet.files.length <= times) await fleet.showsLines(200);
}

async function stopAndCompare(fleet: RunningFleet, files?: readonly string[]): Promise<void> {
  const world = await fleet.world();
  expect(await fleet.stop()).toBe(0);
  expect(fleet.stderr).toBe('');
  const all = files ?? fleet.files;
  await expectExactlyOnce({ world, files: all });
  // Including the events of the supervisor, in the same order.
  expect(all.map((file) => readFileSync(file, 'utf8')).join('')).toBe(fleet.stdout);
}

describe('built-in rotation', () => {
  test('fifty times under load keeps every line exactly once', async () => {
    const fleet = await startFleet(...FAST_ROTATION);
    const descriptors = openFiles(fleet);
    await waitForRotations(fleet, 50);
    expect(openFiles(fleet)).toBeLessThanOrEqual(descriptors + 2);
    await stopAndCompare(fleet);
    for (const file of fleet.files) {
      expect(statSync(file).size).toBeLessThanOrEqual(100_000);
      expect(readFileSync(file, 'utf8')).toMatch(/\n$/);
    }
  });

  test('lets tail -F and a shipper that follows inodes read every line once', async () => {
    const directory = temporaryDirectory();
    // tail polls a file that does not exist at its start only once a second.
    writeFileSync(join(directory, 'app.log'), '');
    const tail = spawn('tail', ['-n', '+1', '-F', 'app.log'], { cwd: directory, stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void tail.kill());
    let tailOutput = '';
    const hasReadEnd = new Promise<void>((resolve) => {
      tail.stdout.setEncoding('utf8').on('data', (text: string) => {
        tailOutput += text;
        if (text.includes('Fleet stopped\n')) resolve();
      });
    });
    const fleet = await startFleetIn(directory, ...SLOW_ROTATION);
    const shipper = new InodeFollower(fleet.logFile);
    onTestFinished(() => shipper.close());
    fleet.process.stdout?.on('data', () => shipper.poll());
    await waitForRotations(fleet, 8);
    await stopAndCompare(fleet);
    shipper.poll();
    await hasReadEnd;
    expect(tailOutput).toBe(fleet.stdout);
    const written = new Map(fleet.files.map((file) => [statSync(file).ino, readFileSync(file, 'latin1')]));
    expect(shipper.shipped).toEqual(written);
  });

  test('that fails is reported once, goes on in the same file, and is done when it becomes possible', async ({
    skip,
  }) => {
    const directory = temporaryDirectory();
    const logFile = join(directory, 'app.log');
    writeFileSync(logFile, '');
    // As in a container whose volume is the file itself: a mount point cannot be renamed, not even by root.
    const { status } = spawnSync('mount', ['--bind', logFile, logFile]);
    skip(status !== 0, 'only root on Linux may mount');
    const unmount = () => spawnSync('umount', ['--lazy', logFile]);
    onTestFinished(() => void unmount());
    const fleet = await startFleetIn(directory, '--rate', '1000', '--max-size', '50KB', '--keep', '1');
    await fleet.shows(/Log file cannot be rotated, still writing to it: EBUSY/);
    await fleet.showsLines(3_000);
    expect(readdirSync(directory)).toEqual(['app.log']);
    expect(fleet.logSize).toBeGreaterThan(150_000);
    const written = readFileSync(fleet.logFile, 'utf8');
    await fleet.showsLines(500);
    expect(fleet.stdout.startsWith(written)).toBe(true);
    unmount();
    await fleet.shows(/Log rotation works again/);
    await fleet.stop();
    expect(fleet.stdout.match(/cannot be rotated/g)).toHaveLength(1);
    const kept = fleet.files.map((file) => readFileSync(file, 'utf8')).join('');
    expect(fleet.stdout.endsWith(kept)).toBe(true);
  });
});

describe('rename and SIGHUP', () => {
  test('fifty times under load keeps every line exactly once', async () => {
    const fleet = await startFleet('--rate', '5000');
    const files = await renameAndReopen(fleet, 50);
    await stopAndCompare(fleet, files);
  });

  test('during built-in rotation keeps every line exactly once', async () => {
    const fleet = await startFleet(...FAST_ROTATION);
    for (let time = 0; time < 50; time++) {
      const seen = fleet.stdout.length;
      fleet.process.kill('SIGHUP');
      await fleet.shows(/Log file reopened/, seen);
      await fleet.showsLines(200);
    }
    expect(fleet.files.length).toBeGreaterThan(10);
    await stopAndCompare(fleet);
  });
});

/** Renames the file and sends SIGHUP, as logrotate does. Returns all files, the oldest first. */
async function renameAndReopen(fleet: RunningFleet, times: number): Promise<readonly string[]> {
  const files: string[] = [];
  for (let time = 0; time < times; time++) {
    const moved = join(fleet.directory, `moved-${time}.log`);
    const seen = fleet.stdout.length;
    renameSync(fleet.logFile, moved);
    fleet.process.kill('SIGHUP');
    await fleet.shows(/Log file reopened/, seen);
    await fleet.showsLines(100);
    files.push(moved);
  }
  return [...files, fleet.logFile];
}

/** Number of open files of the supervisor; 0 where the system has no /proc. */
function openFiles({ pid }: RunningFleet): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}
