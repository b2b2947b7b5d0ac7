import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, run } from '../../tools/run.ts';
import { readLine } from '../lines/log-line.ts';
import { readLog } from '../lines/read-log.ts';

const FROM = Date.parse('2026-11-03T00:00:00Z');
const realism = (...args: string[]) => run(process.execPath, [join(ROOT, 'dist/test/realism/main.js'), ...args], ROOT);

test.each([
  [['--seed', 'one'], '--seed: "one" is invalid; use a whole number from 0 to 4294967295\n'],
  [
    ['--seed', '1', '--seed', '4294967296'],
    '--seed: "4294967296" is invalid; use a whole number from 0 to 4294967295\n',
  ],
  [['--hours', '0'], '--hours: "0" is invalid; use a whole number from 1 to 168, for example --hours 24\n'],
  [['--rate', '-1'], '--rate: "-1" is invalid; use a number from 0.1 to 1000000, for example --rate 10\n'],
  [['--day'], '--day: no such option; see: npm run realism -- --help\n'],
])('a wrong option is told in one line: %j', async (args, message) => {
  expect(await realism(...args)).toEqual({ status: 2, stdout: '', stderr: message });
});

test('a log is read line by line', async () => {
  const lines: string[] = [];
  await readLog({ seed: 1, from: FROM, hours: 1 / 60, rate: 100, ratio: 0 }, (line) => lines.push(line));
  expect(lines.length).toBeGreaterThan(1_000);
  const parsed = lines.map(readLine);
  expect(parsed.filter((line) => line === undefined || line.isBad)).toEqual([]);
  expect(Math.min(...parsed.map((line) => line?.time ?? 0))).toBeGreaterThanOrEqual(FROM);
});

test('a log that cannot be written is an error with the message of the command', async () => {
  const reading = readLog({ seed: 1, from: FROM, hours: 1, rate: -1 }, () => {});
  await expect(reading).rejects.toThrow(/^npm run backfill ended with 2: --rate: "-1" is invalid/);
});
