import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseLine } from '../../shared/record.ts';
import { timeOf } from '../soak/compare-lines.ts';
import { expectExactlyOnce } from '../tools/exactly-once.ts';
import { CLI, command } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';
import { sha256, sha256OfFiles } from './backfill.ts';
import { RunningFleet, startFleet, startFleetIn } from './fleet.ts';

const MINUTE = 60_000;

/** More than any machine can write while a test runs. */
const ENDLESS = ['--backfill', '1000d', '--rate', '1000'] as const;

/** The same with rotation, for tests that let it run: it must not fill the disk. */
const ENDLESS_ROTATED = [...ENDLESS, '--max-size', '2MB', '--keep', '1'] as const;

/** Waits until the file has so many bytes. */
function waitForSize(file: string, bytes: number): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(join(file, '..'), () => {
      if (!existsSync(file) || statSync(file).size < bytes) return;
      watcher.close();
      resolve();
    });
  });
}

async function startEndless(options: readonly string[]): Promise<RunningFleet> {
  const directory = temporaryDirectory();
  const grown = waitForSize(join(directory, 'app.log'), 1_000_000);
  const child = spawn(process.execPath, [CLI, 'start', '--no-console', ...options], { cwd: directory });
  onTestFinished(() => void child.kill('SIGKILL'));
  const fleet = new RunningFleet(child, directory);
  await grown;
  return fleet;
}

describe('npm start -- --backfill', () => {
  test('writes the history and continues live, with every line once and in order, on the console, too', async () => {
    const before = Date.now();
    const fleet = await startFleet('--backfill', '5m', '--rate', '200', '--traffic', 'steady', '--api-ratio', '6');
    await fleet.showsLines(800);
    await fleet.command('ratios', '--api', '0');
    await fleet.showsLines(800);
    const world = await fleet.world();
    expect(world.timeline[0].at).toBeGreaterThan(before - 5 * MINUTE - 1);
    await fleet.stop();
    const { stdout, stderr, files } = fleet;
    expect(stderr).toBe('');
    expect(await expectExactlyOnce({ world, files })).toBeGreaterThan(5 * 60 * 200);
    expect(files.map((file) => readFileSync(file, 'utf8')).join('')).toBe(stdout);
    const lines = stdout.split('\n').slice(0, -1);
    const seam = lines.findIndex((line) => line.includes('[Supervisor]: Fleet starts'));
    const history = lines.slice(0, seam).map(timeOf);
    expect(history).toEqual([...history].sort((a, b) => a - b));
    expect(lines[seam + 1]).toMatch(/The history is written: \d+ lines from about \S+Z to \S+Z$/);
    const live = lines.slice(seam).filter((line) => !line.includes('[Supervisor]'));
    expect(Math.min(...live.map(timeOf))).toBeGreaterThanOrEqual(history.at(-1) as number);
  });

  test('reports how much of the history is kept when rotation deletes some', async () => {
    const fleet = await startFleet('--backfill', '1h', '--rate', '40', '--max-size', '2MB', '--keep', '1');
    await fleet.stop();
    expect(fleet.stdout).toMatch(/Of the \d+ MB of history the last 4 MB are kept: --max-size 0 or a larger --keep/);
    expect(fleet.files).toHaveLength(2);
  });

  test('is refused on a log file that already has lines, and leaves it as it is', async () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'app.log');
    writeFileSync(file, 'something\n');
    const { status, stdout, stderr } = await command(directory, 'start', '--backfill', '1h');
    expect(stderr).toBe(
      `--backfill: ${file} already has lines, and older ones would follow; add --fresh to move it aside first, or use another --log-file\n`,
    );
    expect({ status, stdout, text: readFileSync(file, 'utf8') }).toEqual({
      status: 2,
      stdout: '',
      text: 'something\n',
    });
  });

  test('with --fresh moves such a log file aside, reports its new name, and creates a new one', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'app.log'), 'something\n');
    const fleet = await startFleetIn(directory, '--backfill', '1m', '--fresh');
    await fleet.stop();
    const [moved = ''] = readdirSync(directory).filter((name) => name.startsWith('app.log.before-'));
    expect(readFileSync(join(directory, moved), 'utf8')).toBe('something\n');
    expect(fleet.stdout).toContain(`[Supervisor]: The previous log file is now ${join(directory, moved)}\n`);
    expect(readFileSync(fleet.logFile, 'utf8')).toMatch(/^\d{4}-/);
  });

  test('answers commands meanwhile, and Ctrl-C stops it with complete lines', async () => {
    const fleet = await startEndless(ENDLESS_ROTATED);
    const start = await fleet.command('services', 'start', 'api');
    expect(start).toMatchObject({ status: 1, stderr: 'api: starts once the history is written\n' });
    const ratios = await fleet.command('ratios', '--api', '5');
    expect(ratios).toMatchObject({ status: 0, stderr: '' });
    fleet.process.kill('SIGINT');
    expect(await fleet.exited).toBe(0);
    expect(fleet.stderr).toBe('');
    const text = fleet.files.map((file) => readFileSync(file, 'utf8')).join('');
    expect(text).toContain('[WARNING] [Supervisor]: The history was cut short: ');
    expect(text).not.toMatch(/The history is written|of history the last/);
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.filter((line) => parseLine(line) === undefined)).toEqual([]);
    expect(lines.length).toBeGreaterThan(1_000);
    expect(lines.at(-1)).toMatch(/\[Supervisor\]: Fleet stopped$/);
  });

  test.each([
    { how: 'Ctrl-C', end: async (fleet: RunningFleet) => fleet.process.kill('SIGINT') },
    { how: 'npm stop', end: (fleet: RunningFleet) => fleet.stop() },
  ])('interrupted by $how reports how far the history reaches', async ({ end }) => {
    const fleet = await startEndless([...ENDLESS, '--max-size', '0']);
    const { timeline } = await fleet.world();
    await end(fleet);
    expect(await fleet.exited).toBe(0);
    const text = readFileSync(fleet.logFile, 'utf8');
    const history = text.slice(0, text.lastIndexOf('\n', text.indexOf('[Supervisor]: Fleet starts')) + 1);
    const event =
      /\[WARNING\] \[Supervisor\]: The history was cut short: (\d+) lines are written, all before (\S+); to /;
    const [, lines, until = ''] = event.exec(text) ?? [];
    expect(lines).toBe(String(history.split('\n').length - 1));
    const range = ['--from', new Date(timeline[0].at).toISOString(), '--to', until, '--rate', '1000'];
    await command(fleet.directory, 'backfill', ...range, '--output', 'whole.log');
    expect(sha256OfFiles(fleet.directory, 'whole.log')).toBe(sha256(history));
  });

  test('exits at once when its reader closes the pipe', async () => {
    const child = spawn(process.execPath, [CLI, 'start', ...ENDLESS_ROTATED], { cwd: temporaryDirectory() });
    onTestFinished(() => void child.kill('SIGKILL'));
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(stderr).toBe('');
  });
});
