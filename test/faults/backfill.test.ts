/** Backfills that do not finish: Ctrl-C, a reader that closes the pipe, a full disk. */

import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseLine } from '../../shared/record.ts';
import {
  ENDLESS,
  fileNamesIn,
  firstWrite,
  RANGE,
  type RunningBackfill,
  sha256,
  sha256OfFiles,
  startBackfill,
  startIn,
} from '../e2e/backfill.ts';
import { CLI, command, ROOT, run } from '../tools/run.ts';
import { smallDisk } from '../tools/small-disk.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

async function interrupt({ process, exited }: RunningBackfill, signal: NodeJS.Signals = 'SIGINT') {
  process.kill(signal);
  return exited;
}

const INTERRUPTED =
  /^(\S+): interrupted; ([\d,]+) lines are written, all before (\S+); to go on: (.*), the other options as /;

function parseMessage(stderr: string) {
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(INTERRUPTED);
  const [, name = '', lines = '', at = '', resumeOptions = ''] = INTERRUPTED.exec(stderr) ?? [];
  return { name, lines: Number(lines.replaceAll(',', '')), at, resumeOptions: resumeOptions.split(' ') };
}

/** A time soon after `at`: to compare the whole range would take too long. */
const later = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();

const read = (directory: string, name: string) => {
  const bytes = readFileSync(join(directory, name));
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
};

describe('Ctrl-C', () => {
  test.each([
    ['SIGINT', 'x.log', 130],
    ['SIGINT', 'x.log.gz', 130],
    ['SIGTERM', 'x.log', 143],
    ['SIGHUP', 'x.log', 129],
  ] as const)('%s leaves complete lines in %s and says how to write the rest', async (signal, name, status) => {
    const directory = temporaryDirectory();
    const backfill = startBackfill(directory, ...ENDLESS, '--output', name);
    await firstWrite(directory, name);
    const ended = await interrupt(backfill, signal);
    expect(ended.status).toBe(status);
    expect(fileNamesIn(directory)).toEqual([name]);
    const { lines, at, resumeOptions, ...message } = parseMessage(ended.stderr);
    expect(message.name).toBe(name);
    const written = read(directory, name).toString('utf8').split('\n');
    expect(written.pop()).toBe('');
    expect(written).toHaveLength(lines);
    expect(parseLine(written.at(-1) as string)?.time).toBeLessThan(Date.parse(at));

    expect(resumeOptions).toEqual(['--from', at, '--to', '2026-11-01T00:00:00.000Z']);
    const end = later(at, 45_000);
    const options = ['--rate', '1000'];
    await command(directory, 'backfill', '--from', at, '--to', end, ...options, '--output', `rest-${name}`);
    await command(directory, 'backfill', '--from', '2026-01-01', '--to', end, ...options, '--output', 'whole.log');
    const parts = sha256(read(directory, name), read(directory, `rest-${name}`));
    expect(parts).toBe(sha256OfFiles(directory, 'whole.log'));
  });

  test('with --lines and --force, the rest is a number of lines, and the new file replaces the old one', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'x.log'), 'old\n');
    const count = 1_000_000_000;
    const args = ['--from', '2026-01-01', '--lines', String(count), '--rate', '1000', '--output', 'x.log'];
    const backfill = startBackfill(directory, ...args, '--force', '--json');
    const out = backfill.process.stdout as Readable;
    const json = once(out.setEncoding('utf8'), 'data');
    await firstWrite(directory, 'x.log');
    const ended = await interrupt(backfill);
    const { lines, at, resumeOptions } = parseMessage(ended.stderr);
    expect(resumeOptions).toEqual(['--from', at, '--lines', String(count - lines)]);
    expect(JSON.parse(String(await json))).toMatchObject({ complete: false, lines, to: at });
    expect(read(directory, 'x.log').toString('utf8').split('\n')).toHaveLength(lines + 1);
    expect(fileNamesIn(directory)).toEqual(['x.log']);
  });

  test('of a shard: the rest is a range within the shard', async () => {
    const directory = temporaryDirectory();
    const backfill = startBackfill(directory, ...ENDLESS, '--shard', '2/4', '--output', 'x.log');
    await firstWrite(directory, 'x.log');
    const { stderr, status } = await interrupt(backfill);
    const { at, resumeOptions } = parseMessage(stderr);
    // A quarter of the 304 days.
    expect(resumeOptions).toEqual(['--from', at, '--to', '2026-06-02T00:00:00.000Z']);
    expect(status).toBe(130);
  });

  test('on a pipe that is read: the output ends with a complete line', async () => {
    const backfill = startBackfill(temporaryDirectory(), ...ENDLESS, '--output', '-');
    const out = backfill.process.stdout as Readable;
    let text = '';
    out.setEncoding('utf8').on('data', (more: string) => (text += more));
    await once(out, 'data');
    const [{ stderr, status }] = await Promise.all([interrupt(backfill), once(out, 'end')]);
    expect(status).toBe(130);
    const { lines } = parseMessage(stderr);
    expect(text.endsWith('\n')).toBe(true);
    expect(text.split('\n')).toHaveLength(lines + 1);
  });

  test('on a pipe that is not read: the backfill exits, too', async () => {
    const backfill = startBackfill(temporaryDirectory(), ...ENDLESS, '--output', '-');
    const out = backfill.process.stdout as Readable;
    await once(out, 'readable');
    const { stderr, status } = await interrupt(backfill);
    expect(status).toBe(130);
    expect(stderr).toMatch(
      /^stdout: interrupted; 0 lines are written, all before 2026-01-01T00:00:00\.000Z, and what follows only in part, /,
    );
    out.resume();
    await once(out, 'close');
  });
});

test.runIf(existsSync('/proc/self/status'))('with nohup a backfill survives its terminal', async () => {
  const directory = temporaryDirectory();
  const args = [`trap '' HUP; exec "$0" "$@"`, process.execPath, CLI, 'backfill', ...ENDLESS, '--output', 'x.log'];
  const backfill = startIn(directory, 'sh', '-c', ...args);
  await firstWrite(directory, 'x.log');
  backfill.process.kill('SIGHUP');
  expect((await interrupt(backfill)).status).toBe(130);
});

test('Ctrl-C to the process group ends npm run backfill with one message', async () => {
  const directory = temporaryDirectory();
  const args = ['run', '--silent', 'backfill', '--', ...ENDLESS, '--output', join(directory, 'x.log')];
  const backfill = startIn(ROOT, 'npm', ...args);
  await firstWrite(directory, 'x.log');
  process.kill(-(backfill.process.pid as number), 'SIGINT');
  const { stderr } = await backfill.exited;
  parseMessage(stderr);
  expect(fileNamesIn(directory)).toEqual(['x.log']);
});

test('an error in a worker thread ends the backfill with a stack trace, and no file is left', async () => {
  const directory = temporaryDirectory();
  const module = fileURLToPath(new URL('../fixtures/throws-in-a-worker-thread.js', import.meta.url));
  const args = ['--import', module, CLI, 'backfill', ...RANGE, '--output', 'x.log'];
  const ended = await run(process.execPath, args, directory);
  expect(ended).toMatchObject({ status: 1, stdout: '' });
  expect(ended.stderr).toMatch(/it breaks in a worker thread[\s\S]*\n {4}at /);
  expect(fileNamesIn(directory)).toEqual([]);
});

describe('a reader that closes the pipe', () => {
  test('ends the backfill at once, with status 0 and no message', async () => {
    const directory = temporaryDirectory();
    const line = `"${process.execPath}" "${CLI}" backfill ${ENDLESS.join(' ')} --output - | head -3; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await run('bash', ['-c', line], directory);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.pop()).toBe('0');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(parseLine(line)).toBeDefined();
    expect(stderr).toBe('');
  });

  test('does so on a named pipe, too', async () => {
    const directory = temporaryDirectory();
    await run('mkfifo', [join(directory, 'pipe')], directory);
    const backfill = startBackfill(directory, ...ENDLESS, '--output', 'pipe');
    const head = await run('head', ['-3', 'pipe'], directory);
    expect(head.stdout.split('\n')).toHaveLength(4);
    expect(await backfill.exited).toEqual({ status: 0, stderr: '' });
  });
});

describe('a full disk', () => {
  const FULL = /^--output: \S+ could not be written completely: the disk is full; nothing of it is kept; .*\n$/;

  test('is reported in one line, and no file is left', async ({ skip }) => {
    const disk = smallDisk(5_000) ?? skip('only root may mount a small disk');
    for (const name of ['x.log', 'x.log.gz']) {
      const ended = await command(disk, 'backfill', ...ENDLESS, '--output', name);
      expect(ended).toMatchObject({ status: 1, stdout: '' });
      expect(ended.stderr).toMatch(FULL);
      expect(fileNamesIn(disk)).toEqual([]);
    }
  });

  test('leaves the old file as it was', async ({ skip }) => {
    const disk = smallDisk(5_000) ?? skip('only root may mount a small disk');
    writeFileSync(join(disk, 'x.log'), 'precious\n');
    const ended = await command(disk, 'backfill', ...RANGE, '--output', 'x.log', '--force');
    expect(ended.stderr).toMatch(FULL);
    expect(readFileSync(join(disk, 'x.log'), 'utf8')).toBe('precious\n');
    expect(fileNamesIn(disk)).toEqual(['x.log']);
  });

  test('is reported for a device, too', async () => {
    const ended = await command(temporaryDirectory(), 'backfill', ...RANGE, '--output', '/dev/full');
    expect(ended).toMatchObject({ status: 1, stdout: '' });
    expect(ended.stderr).toMatch(FULL);
  });
});
