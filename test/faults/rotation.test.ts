/** Rotation of the log file, by the fleet itself and by others, while it is written. */

import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type RunningFleet, startFleet, startFleetIn } from '../e2e/fleet.ts';
import { expectExactlyOnce } from '../tools/exactly-once.ts';
import { InodeFollower } from '../tools/inode-follower.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

// On a busy machine what takes ten seconds takes a minute.
vi.setConfig({ testTimeout: 180_000 });

/** About six rotations a second, and nothing thrown away. */
const BUSY = ['--rate', '5000', '--max-size', '100KB', '--keep', '1000'] as const;
/** About one rotation a second: who follows the file has time to see each. */
const CALM = ['--rate', '1500', '--max-size', '200KB', '--keep', '1000'] as const;

async function rotated(fleet: RunningFleet, times: number): Promise<void> {
  while (fleet.files.length <= times) await fleet.showsLines(200);
}

async function stopAndProve(fleet: RunningFleet, files?: readonly string[]): Promise<void> {
  const world = await fleet.world();
  expect(await fleet.stop()).toBe(0);
  expect(fleet.stderr).toBe('');
  const all = files ?? fleet.files;
  await expectExactlyOnce({ world, files: all });
  // The supervisor's own lines too, each in its place.
  expect(all.map((file) => readFileSync(file, 'utf8')).join('')).toBe(fleet.stdout);
}

describe('built-in rotation', () => {
  test('fifty times under load: every line exactly once', async () => {
    const fleet = await startFleet(...BUSY);
    const descriptors = openFiles(fleet);
    await rotated(fleet, 50);
    expect(openFiles(fleet)).toBeLessThanOrEqual(descriptors + 2);
    await stopAndProve(fleet);
    for (const file of fleet.files) {
      expect(statSync(file).size).toBeLessThanOrEqual(100_000);
      expect(readFileSync(file, 'utf8')).toMatch(/\n$/);
    }
  });

  test('tail -F and a shipper that follows by inode get every line once', async () => {
    const directory = temporaryDirectory();
    // tail only looks once a second at a file that does not exist when it begins.
    writeFileSync(join(directory, 'app.log'), '');
    const tail = spawn('tail', ['-n', '+1', '-F', 'app.log'], { cwd: directory, stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void tail.kill());
    let tailed = '';
    const seesEnd = new Promise<void>((resolve) => {
      tail.stdout.setEncoding('utf8').on('data', (text: string) => {
        tailed += text;
        if (text.includes('Fleet stopped\n')) resolve();
      });
    });
    const fleet = await startFleetIn(directory, ...CALM);
    const shipper = new InodeFollower(fleet.logFile);
    onTestFinished(() => shipper.close());
    fleet.process.stdout?.on('data', () => shipper.poll());
    await rotated(fleet, 8);
    await stopAndProve(fleet);
    shipper.poll();
    await seesEnd;
    expect(tailed).toBe(fleet.stdout);
    const written = new Map(fleet.files.map((file) => [statSync(file).ino, readFileSync(file, 'latin1')]));
    expect(shipper.shipped).toEqual(written);
  });

  test('that cannot be done goes on with the file, says so once, and is done once it can', async ({ skip }) => {
    const directory = temporaryDirectory();
    const logFile = join(directory, 'app.log');
    writeFileSync(logFile, '');
    // As when a container has the file alone as a volume: what is mounted cannot be renamed, not even by root.
    const { status } = spawnSync('mount', ['--bind', logFile, logFile]);
    skip(status !== 0, 'only root on Linux may mount');
    const unmount = () => spawnSync('umount', ['--lazy', logFile]);
    onTestFinished(() => void unmount());
    const fleet = await startFleetIn(directory, '--rate', '1000', '--max-size', '50KB', '--keep', '1');
    await fleet.shows(/Log file cannot be rotated, writing on to it: EBUSY/);
    await fleet.showsLines(3_000);
    expect(readdirSync(directory)).toEqual(['app.log']);
    expect(fleet.logSize).toBeGreaterThan(150_000);
    const written = readFileSync(fleet.logFile, 'utf8');
    await fleet.showsLines(500);
    expect(fleet.stdout.startsWith(written)).toBe(true);
    unmount();
    await fleet.shows(/Log file is rotated again/);
    await fleet.stop();
    expect(fleet.stdout.match(/cannot be rotated/g)).toHaveLength(1);
    const kept = fleet.files.map((file) => readFileSync(file, 'utf8')).join('');
    expect(fleet.stdout.endsWith(kept)).toBe(true);
  });
});

describe('rename and SIGHUP', () => {
  test('fifty times under load: every line exactly once', async () => {
    const fleet = await startFleet('--rate', '5000');
    const files = await renameAndReopen(fleet, 50);
    await stopAndProve(fleet, files);
  });

  test('while it is rotated too: every line exactly once', async () => {
    const fleet = await startFleet(...BUSY);
    for (let time = 0; time < 50; time++) {
      const seen = fleet.stdout.length;
      fleet.process.kill('SIGHUP');
      await fleet.shows(/Log file reopened/, seen);
      await fleet.showsLines(200);
    }
    expect(fleet.files.length).toBeGreaterThan(10);
    await stopAndProve(fleet);
  });
});

/** As logrotate does it; returns the files, the oldest first. */
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

/** How many files the supervisor has open; 0 where that cannot be seen. */
function openFiles({ pid }: RunningFleet): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}
