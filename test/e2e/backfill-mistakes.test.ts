import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectOneLine } from '../tools/expect-one-line.ts';
import { CLI, command, run } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';
import { fileNamesIn, RANGE } from './backfill.ts';

const backfill = (directory: string, ...args: readonly string[]) => command(directory, 'backfill', ...args);

describe('a mistake writes nothing and is reported in one line', () => {
  const OUT = ['--output', 'x.log'];
  test.each([
    [[...OUT], /^--from: missing; pass the instant at which the log begins, for example --from -7d$/m],
    [
      ['--from', '-7d'],
      /^--output: missing; pass a file to write, or - for stdout, for example --output november\.log$/m,
    ],
    [['--from', '-7days', ...OUT], /^--from: "-7days" is invalid; use a time such as 2026-11-01T00:00:00Z, /],
    [['--from', '2026-11-01T00:00:00', ...OUT], /^--from: "2026-11-01T00:00:00" is invalid; add the time zone, /],
    [['--from', ...OUT], /^--from: needs a value, for example --from -7d$/m],
    [['--from', '-1d', '--to', '-2d', ...OUT], /^--to: "-2d" is invalid; the end must be after the start, /],
    [['--from', '-1d', '--to', 'then', ...OUT], /^--to: "then" is invalid; use a time such as /],
    [
      ['--from', '-1d', '--to', 'now', '--lines', '5', ...OUT],
      /^--lines: --to is given too; .*leave one of them out$/m,
    ],
    [['--from', '-1d', '--lines', '0', ...OUT], /^--lines: "0" is invalid; use a whole number from 1 to /],
    [['--from', '-1d', '--lines', '1.5', ...OUT], /^--lines: "1\.5" is invalid; use a whole number from 1 to /],
    [['--from', '-1d', '--lines', '-5', ...OUT], /^--lines: "-5" is invalid; use a whole number from 1 to /],
    [['--from', '-1d', '--workers', '0', ...OUT], /^--workers: "0" is invalid; use a whole number from 1 to 256, /],
    [['--from', '2026-11-01', '--lines', '9', '--shard', '0/4', ...OUT], /^--shard: "0\/4" .* use 1\/4 to 4\/4, /],
    [['--from', '2026-11-01', '--lines', '9', '--shard', '5/4', ...OUT], /^--shard: "5\/4" .* use 1\/4 to 4\/4, /],
    [['--from', '-1d', '--shard', '1/4', ...OUT], /^--from: "-1d" is another instant for every shard; /],
    [['--from', '-1d', '--api-ratio', '11', ...OUT], /^--api-ratio: "11" is not a ratio; /],
    [['--from', '-1d', '--rate', '0', ...OUT], /^--rate: "0" is invalid; /],
    [['--from', '-1d', '--seed', '-1', ...OUT], /^--seed: "-1" is invalid; /],
    [
      ['--from', '-1d', '--form', '-2d', ...OUT],
      /^--form: no such option; did you mean --from -2d\? See: npm run backfill -- --help$/m,
    ],
    [['--from', '-1d', '--from', '-2d', ...OUT], /^--from: given twice; use it once$/m],
    [['--from', '-1d', '--force=yes', ...OUT], /^--force: takes no value$/m],
    [['--from', '-1d', '-7d', ...OUT], /^"-7d": not expected here; see: npm run backfill -- --help$/m],
    [['--from', '-1d', '--service', './none.js', ...OUT], /^--service \.\/none\.js: cannot be loaded /],
    [
      ['--from', '-1d', '--output', 'missing/x.log'],
      /^--output: missing\/x\.log cannot be written: its directory does not exist; /,
    ],
    [
      ['--from', '-1d', '--output', `${'x'.repeat(300)}`],
      /^--output: x{300} cannot be written: the name is too long; /,
    ],
    [['--from', '-1d', '--output', '.'], /^--output: \. is a directory; use a file in it$/m],
    [['--from', '-1d', '--output', '.', '--force'], /^--output: \. is a directory; use a file in it$/m],
  ])('%j', async (args, message) => {
    const directory = temporaryDirectory();
    expectOneLine(await backfill(directory, ...args), 2, message);
    expect(fileNamesIn(directory)).toEqual([]);
  });

  test('an output that exists is left as it is', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'x.log'), 'precious\n');
    const message = /^--output: x\.log exists already; use another file, or --force to overwrite it$/m;
    expectOneLine(await backfill(directory, ...RANGE, '--output', 'x.log'), 2, message);
    expect(readFileSync(join(directory, 'x.log'), 'utf8')).toBe('precious\n');
    expect(fileNamesIn(directory)).toEqual(['x.log']);
  });

  test('a file in place of the directory is reported', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'file'), '');
    const message = /^--output: file\/x\.log cannot be written: its directory is a file; /;
    expectOneLine(await backfill(directory, ...RANGE, '--output', 'file/x.log'), 2, message);
  });

  test.runIf(process.getuid?.() === 0)('a directory of another user is reported', async () => {
    const directory = temporaryDirectory();
    const locked = join(directory, 'locked');
    mkdirSync(locked, { mode: 0o755 });
    chmodSync(directory, 0o755);
    const args = [CLI, 'backfill', ...RANGE, '--output', join(locked, 'x.log')];
    const ended = await run(process.execPath, args, '/', { uid: 65_534, gid: 65_534 });
    expectOneLine(ended, 2, /^--output: .*x\.log cannot be written: permission denied; /);
    expect(fileNamesIn(locked)).toEqual([]);
  });
});
