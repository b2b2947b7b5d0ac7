/** Several backfills to one output, and the temporary files of killed ones. */

import { spawnSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { serviceNames } from '../../services/index.ts';
import { loadCatalog } from '../../services/load-catalog.ts';
import { Simulation } from '../../services/simulation/simulation.ts';
import { DEFAULTS } from '../../shared/defaults.ts';
import { expectOneLine } from '../tools/expect-one-line.ts';
import { command } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';
import {
  fileNamesIn,
  firstWrite,
  type RunningBackfill,
  sha256,
  sha256OfFiles,
  startBackfill,
  temporaryFiles,
} from './backfill.ts';
import { startFleet } from './fleet.ts';

const MINUTES = ['--from', '2026-11-01T00:00:00Z', '--to', '2026-11-01T00:02:00Z', '--rate', '1000'] as const;
const SECOND = ['--from', '2026-11-01T00:00:00Z', '--to', '2026-11-01T00:00:01Z', '--rate', '1000'] as const;

const backfill = (directory: string, ...args: readonly string[]) =>
  command(directory, 'backfill', '--output', 'x.log', ...args);

interface StoppedBackfill extends RunningBackfill {
  /** Name of its temporary file. */
  readonly temporary: string;
}

/** Starts a backfill and stops it by SIGSTOP once it has written something; tries again when it has already finished. */
async function startStopped(directory: string, ...args: readonly string[]): Promise<StoppedBackfill> {
  const others = temporaryFiles(directory, 'x.log');
  for (;;) {
    const running = startBackfill(directory, ...MINUTES, '--workers', '1', '--output', 'x.log', ...args);
    const temporary = await Promise.race([
      firstWrite(directory, 'x.log', others),
      running.exited.then(() => undefined),
    ]);
    running.process.kill('SIGSTOP');
    if (temporary !== undefined && fileNamesIn(directory).includes(temporary)) return { ...running, temporary };
    running.process.kill('SIGCONT');
    await running.exited;
    rmSync(join(directory, 'x.log'));
  }
}

function resume({ process, exited }: RunningBackfill) {
  process.kill('SIGCONT');
  return exited;
}

const catalog = await loadCatalog();

/** Checksum of the output with a seed. */
function checksumWith(seed: number): string {
  const ratios = Object.fromEntries(serviceNames.map((name) => [name, DEFAULTS.ratio]));
  const [from, to] = [Date.parse(MINUTES[1]), Date.parse(MINUTES[3])];
  const simulation = new Simulation(catalog, {
    seed,
    rate: 1_000,
    traffic: DEFAULTS.traffic,
    timeline: [{ at: from, ratios, down: [] }],
  });
  return sha256(simulation.textBetween(from, to).bytes);
}

const [first, second] = [checksumWith(1), checksumWith(2)];

describe('of two backfills with --force to one output', () => {
  test('the last to finish wins, with its complete output', async () => {
    const directory = temporaryDirectory();
    const stopped = await startStopped(directory, '--seed', '1', '--force');
    expect(await backfill(directory, ...MINUTES, '--seed', '2', '--force')).toMatchObject({ status: 0 });
    expect(sha256OfFiles(directory, 'x.log')).toBe(second);
    expect(await resume(stopped)).toMatchObject({ status: 0 });
    expect(sha256OfFiles(directory, 'x.log')).toBe(first);
    expect(fileNamesIn(directory)).toEqual(['x.log']);
  });

  test('one that is killed leaves the file of the other, and the next removes its temporary file', async () => {
    const directory = temporaryDirectory();
    const winner = await startStopped(directory, '--seed', '1', '--force');
    const loser = await startStopped(directory, '--seed', '2', '--force');
    expect(await resume(winner)).toMatchObject({ status: 0 });
    expect(sha256OfFiles(directory, 'x.log')).toBe(first);
    loser.process.kill('SIGKILL');
    await loser.exited;
    expect(sha256OfFiles(directory, 'x.log')).toBe(first);
    expect(fileNamesIn(directory)).toEqual(['x.log', loser.temporary]);
    expect(await backfill(directory, ...MINUTES, '--seed', '2', '--force')).toMatchObject({ status: 0 });
    expect(sha256OfFiles(directory, 'x.log')).toBe(second);
    expect(fileNamesIn(directory)).toEqual(['x.log']);
  });

  test('an interrupted one replaces the file by its complete lines', async () => {
    const directory = temporaryDirectory();
    const stopped = await startStopped(directory, '--seed', '1', '--force');
    expect(await backfill(directory, ...MINUTES, '--seed', '2', '--force')).toMatchObject({ status: 0 });
    stopped.process.kill('SIGINT');
    expect(await resume(stopped)).toMatchObject({ status: 130 });
    const [line] = readFileSync(join(directory, 'x.log'), 'utf8').split('\n', 1);
    expect(line?.startsWith('2026-11-01T00:00:0')).toBe(true);
    expect(fileNamesIn(directory)).toEqual(['x.log']);
  });
});

describe('without --force', () => {
  test('an output that another backfill is writing is refused with its pid, and the other is unaffected', async () => {
    const directory = temporaryDirectory();
    const stopped = await startStopped(directory, '--seed', '1');
    const message = `--output: x.log is being written by another backfill, pid ${stopped.process.pid}; `;
    const refused = await backfill(directory, ...MINUTES, '--seed', '2');
    expectOneLine(refused, 2, new RegExp(`^${message}wait for it, use another file, or pass --force`));
    expect(fileNamesIn(directory)).toEqual([stopped.temporary]);
    expect(await resume(stopped)).toMatchObject({ status: 0 });
    expect(sha256OfFiles(directory, 'x.log')).toBe(first);
  });

  test.each(['SIGCONT', 'SIGINT'] as const)(
    'an output that was created meanwhile is left as it is, after %s',
    async (signal) => {
      const directory = temporaryDirectory();
      const stopped = await startStopped(directory);
      writeFileSync(join(directory, 'x.log'), 'precious\n');
      stopped.process.kill(signal);
      const { status, stderr } = await resume(stopped);
      expect(stderr.split('\n')[0]).toBe(
        '--output: x.log was created by another process in the meantime; use another file',
      );
      expect(status).toBe(2);
      expect(readFileSync(join(directory, 'x.log'), 'utf8')).toBe('precious\n');
      expect(fileNamesIn(directory)).toEqual(['x.log']);
    },
  );
});

test.each([{ force: [] }, { force: ['--force'] }])(
  'a temporary file that is removed meanwhile is reported, with options $force',
  async ({ force }) => {
    const directory = temporaryDirectory();
    const stopped = await startStopped(directory, ...force);
    rmSync(join(directory, stopped.temporary));
    const { status, stderr } = await resume(stopped);
    expect(stderr).toBe(
      `--output: x.log could not be written completely: its temporary file ${stopped.temporary} was removed in the meantime; nothing of it is kept; run the backfill again\n`,
    );
    expect(status).toBe(1);
    expect(fileNamesIn(directory)).toEqual([]);
  },
);

describe('files of killed backfills', () => {
  const { pid: DEAD } = spawnSync('true');
  const HOUR = 3_600_000;

  let sample = '';

  /** The name of a temporary file of this machine with one part replaced. */
  async function nameLike(pattern: RegExp, replacement: string): Promise<string> {
    if (sample === '') {
      const stopped = await startStopped(temporaryDirectory());
      await resume(stopped);
      sample = stopped.temporary;
    }
    expect(sample).toMatch(pattern);
    return sample.replace(pattern, replacement);
  }

  const PID = /-\d+(?=-[0-9a-f]{8}\.part$)/;
  const HOST = /^x\.log\..*(?=-\d+-[0-9a-f]{8}\.part$)/;

  test.each([
    { what: 'of a process of this machine that has exited', pattern: PID, by: `-${DEAD}`, ageMs: 0, isKept: false },
    {
      what: 'of a running process of this machine',
      pattern: PID,
      by: `-${process.pid}`,
      ageMs: 2 * HOUR,
      isKept: true,
    },
    { what: 'of another machine, recent', pattern: HOST, by: 'x.log.other-host', ageMs: HOUR / 2, isKept: true },
    { what: 'of another machine, old', pattern: HOST, by: 'x.log.other-host', ageMs: 2 * HOUR, isKept: false },
    { what: 'of another output', pattern: PID, by: `.more-${DEAD}`, ageMs: 2 * HOUR, isKept: true },
    { what: 'of an earlier version', pattern: /^.*$/, by: 'x.log.part', ageMs: 2 * HOUR, isKept: true },
  ])('a file $what is kept: $isKept', async ({ pattern, by, ageMs, isKept }) => {
    const leftover = await nameLike(pattern, by);
    const directory = temporaryDirectory();
    const file = join(directory, leftover);
    writeFileSync(file, 'half\n');
    const time = (Date.now() - ageMs) / 1_000;
    utimesSync(file, time, time);
    expect(await backfill(directory, ...SECOND, '--force')).toMatchObject({ status: 0 });
    expect(fileNamesIn(directory)).toEqual(isKept ? ['x.log', leftover] : ['x.log']);
    if (isKept) expect(readFileSync(file, 'utf8')).toBe('half\n');
  });

  test.each([
    { what: 'with the name of an earlier version', pattern: /^.*$/, by: 'x.log.part' },
    { what: 'with the name of an exited process', pattern: PID, by: `-${DEAD}` },
    { what: 'with the name of a running process', pattern: PID, by: `-${process.pid}` },
  ])('a symbolic link $what is neither followed nor removed', async ({ pattern, by }) => {
    const name = await nameLike(pattern, by);
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'elsewhere'));
    const target = join(directory, 'elsewhere', 'target');
    writeFileSync(target, 'precious\n');
    symlinkSync(target, join(directory, name));
    expect(await backfill(directory, ...SECOND)).toMatchObject({ status: 0 });
    expect(readFileSync(join(directory, 'x.log'), 'utf8').split('\n').length).toBeGreaterThan(100);
    expect(readFileSync(target, 'utf8')).toBe('precious\n');
    expect(lstatSync(join(directory, name)).isSymbolicLink()).toBe(true);
  });
});

test('--force onto the log file of a running fleet, or one of its rotated files, is refused', async () => {
  const fleet = await startFleet('--rate', '100');
  const text = () => readFileSync(fleet.logFile, 'utf8');
  const before = text();
  for (const [output, what] of [
    [fleet.logFile, 'the log file'],
    [`${fleet.logFile}.3`, 'a rotated file'],
  ] as const) {
    const ended = await command(fleet.directory, 'backfill', '--from=-1h', '--output', output, '--force');
    expectOneLine(ended, 2, new RegExp(`^--output: \\S+ is ${what} of a running fleet \\(pid ${fleet.pid}, `));
  }
  expect(text().startsWith(before)).toBe(true);
  expect(await fleet.stop()).toBe(0);
  expect(readdirSync(fleet.directory)).toEqual(['app.log']);
});
