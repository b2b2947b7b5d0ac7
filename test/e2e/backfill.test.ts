import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ServiceDefinition } from '../../services/definition/definition.ts';
import { loadCatalog } from '../../services/load-catalog.ts';
import { Simulation } from '../../services/simulation/simulation.ts';
import { DEFAULTS } from '../../shared/defaults.ts';
import { TRAFFIC, type Traffic } from '../../shared/world.ts';
import returns from '../fixtures/returns.js';
import shipping from '../fixtures/shipping.js';
import { command, ROOT, run } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';
import { fileNamesIn, RANGE, sha256, sha256OfFiles } from './backfill.ts';

const FROM = Date.parse('2026-11-01T00:00:00Z');
const TO = FROM + 65_000;

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}.js`, import.meta.url));

const NAMES = ['api', 'auth', 'inventory', 'notification', 'payment'];
const ratiosOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 2]));

/** What the simulation alone renders for the range. */
async function simulated({
  own = [] as readonly ServiceDefinition[],
  names = NAMES,
  limit = Number.POSITIVE_INFINITY,
  traffic = DEFAULTS.traffic as Traffic,
}) {
  const timeline = [{ at: FROM, ratios: ratiosOf(names), down: [] }] as const;
  const simulation = new Simulation(await loadCatalog(own), { seed: 1, rate: 1_000, traffic, timeline });
  return simulation.textBetween(FROM, TO, limit);
}

const expected = await simulated({});

async function backfill(directory: string, ...args: readonly string[]) {
  const ended = await command(directory, 'backfill', ...args);
  expect(ended.status, ended.stderr).toBe(0);
  return ended;
}

test('writes what the simulation renders, for every number of workers, compressed or not', async () => {
  const directory = temporaryDirectory();
  for (const workers of ['1', '2', '3']) {
    await backfill(directory, ...RANGE, '--output', `${workers}.log`, '--workers', workers);
  }
  for (const workers of ['1', '3']) {
    await backfill(directory, ...RANGE, '--output', `${workers}.log.gz`, '--workers', workers);
  }
  const { bytes } = expected;
  const read = (name: string) => readFileSync(join(directory, name));
  for (const workers of [1, 2, 3]) {
    expect(sha256(read(`${workers}.log`))).toBe(sha256(bytes));
  }
  expect(sha256(read('3.log.gz'))).toBe(sha256(read('1.log.gz')));
  expect(sha256(gunzipSync(read('1.log.gz')))).toBe(sha256(bytes));
  expect(statSync(join(directory, '1.log.gz')).size).toBeLessThan(bytes.length / 2);
  expect(fileNamesIn(directory)).toEqual(['1.log', '1.log.gz', '2.log', '3.log', '3.log.gz']);
});

test.each(TRAFFIC)('--traffic %s writes what the simulation renders', async (traffic) => {
  const directory = temporaryDirectory();
  await backfill(directory, ...RANGE, '--output', 'x.log', '--workers', '2', '--traffic', traffic);
  expect(sha256OfFiles(directory, 'x.log')).toBe(sha256((await simulated({ traffic })).bytes));
});

test('writes only lines to stdout, and one line to stderr', async () => {
  const { stdout, stderr } = await backfill(temporaryDirectory(), ...RANGE, '--output', '-');
  const { bytes, lines } = expected;
  expect(sha256(stdout)).toBe(sha256(bytes));
  expect(stderr).toMatch(/^stdout: [\d,]+ lines, [\d.]+ MB, from 2026-11-01T00:00:00.000Z to [^\n]* lines\/s\)\n$/);
  expect(stderr).toContain(`: ${lines.toLocaleString('en-US')} lines, `);
});

test.each(['/dev/stdout', '/dev/null'])('%s is written directly, without --force', async (device) => {
  const { stdout } = await backfill(temporaryDirectory(), ...RANGE, '--output', device);
  const { bytes } = expected;
  expect(sha256(stdout)).toBe(sha256(device === '/dev/null' ? '' : bytes));
});

test('a named pipe is written directly', async () => {
  const directory = temporaryDirectory();
  const pipe = join(directory, 'pipe');
  expect(await run('mkfifo', [pipe], directory)).toMatchObject({ status: 0 });
  const [read] = await Promise.all([
    run('sha256sum', [pipe], directory),
    backfill(directory, ...RANGE, '--output', 'pipe'),
  ]);
  expect(read.stdout.split(' ')[0]).toBe(sha256(expected.bytes));
});

test.each([1, 999, 30_000, 34_321])('--lines %i writes exactly that many lines', async (count) => {
  const directory = temporaryDirectory();
  const args = ['--from', '2026-11-01', '--lines', String(count), '--rate', '1000', '--output', 'x.log', '--json'];
  const { stdout } = await backfill(directory, ...args);
  const { bytes, lines } = await simulated({ limit: count });
  expect(lines).toBe(count);
  expect(JSON.parse(stdout)).toMatchObject({ lines: count, bytes: bytes.length });
  expect(sha256OfFiles(directory, 'x.log')).toBe(sha256(bytes));
});

test('--json reports what was written on stdout, or on stderr when the lines go to stdout', async () => {
  const directory = temporaryDirectory();
  const { lines, bytes, linesPerLevel } = expected;
  const levels = ['DEBUG', 'INFO', 'WARNING', 'ERROR'];
  const services = NAMES.map((name, index) => [
    name,
    Object.fromEntries(levels.map((l, i) => [l, linesPerLevel[index]?.[i]])),
  ]);
  const summary = {
    complete: true,
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-11-01T00:01:05.000Z',
    lines,
    bytes: bytes.length,
    textBytes: bytes.length,
    seconds: expect.any(Number),
    linesPerSecond: expect.any(Number),
    workers: 2,
    seed: 1,
    rate: 1_000,
    traffic: 'bursty',
    ratios: ratiosOf(NAMES),
    services: Object.fromEntries(services),
  };
  const toFile = await backfill(directory, ...RANGE, '--output', 'x.log', '--workers', '2', '--json');
  expect(JSON.parse(toFile.stdout)).toEqual({ output: 'x.log', ...summary });
  expect(toFile.stderr).toBe('');
  const toStdout = await backfill(directory, ...RANGE, '--output', '-', '--workers', '2', '--json');
  expect(JSON.parse(toStdout.stderr)).toEqual({ output: 'stdout', ...summary });
});

test('services of the user have their lines and their ratios', async () => {
  const directory = temporaryDirectory();
  const modules = [fixture('shipping'), fixture('returns')];
  const own = [shipping, returns] as unknown as readonly ServiceDefinition[];
  const args = modules.flatMap((module) => ['--service', module]);
  const { stdout } = await backfill(directory, ...RANGE, ...args, '--output', 'x.log', '--json');
  const names = Object.keys((JSON.parse(stdout) as { services: object }).services);
  expect(names).toEqual([...NAMES, 'shipping', 'returns']);
  expect(sha256OfFiles(directory, 'x.log')).toBe(sha256((await simulated({ own, names })).bytes));
});

test.each([
  ['by time', RANGE],
  ['by lines', ['--from', '2026-11-01', '--lines', '34321', '--rate', '1000']],
])('the shards of a range given %s, each from its own process, are the complete log', async (_, range) => {
  const directory = temporaryDirectory();
  await backfill(directory, ...range, '--output', 'whole.log');
  const shards = ['1', '2', '3'];
  for (const shard of shards) {
    const share = ['--shard', `${shard}/3`, '--workers', '1'];
    await Promise.all([
      backfill(directory, ...range, ...share, '--output', `${shard}.log`),
      backfill(directory, ...range, ...share, '--output', `${shard}.log.gz`),
    ]);
  }
  const complete = sha256OfFiles(directory, 'whole.log');
  expect(sha256OfFiles(directory, ...shards.map((shard) => `${shard}.log`))).toBe(complete);
  const compressed = Buffer.concat(shards.map((shard) => readFileSync(join(directory, `${shard}.log.gz`))));
  expect(sha256(gunzipSync(compressed))).toBe(complete);
});

test('an empty shard is an empty file, or an empty gzip file', async () => {
  const directory = temporaryDirectory();
  const range = ['--from', '2026-11-01', '--to', '2026-11-01T00:00:00.002Z', '--shard', '1/3'];
  await backfill(directory, ...range, '--output', 'x.log');
  await backfill(directory, ...range, '--output', 'x.log.gz');
  expect(statSync(join(directory, 'x.log')).size).toBe(0);
  expect(gunzipSync(readFileSync(join(directory, 'x.log.gz')))).toHaveLength(0);
});

test('relative times refer to one instant for the start and the end', async () => {
  const args = ['backfill', '--from', '-90s', '--to=-60s', '--output', '-', '--json'];
  const { stderr } = await command(temporaryDirectory(), ...args);
  const { from, to } = JSON.parse(stderr) as { from: string; to: string };
  expect(Date.parse(to) - Date.parse(from)).toBe(30_000);
});

test('--force overwrites a file, keeps its permissions, and follows a link', async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'real.log'), 'before\n', { mode: 0o600 });
  expect(await run('ln', ['-s', 'real.log', 'link.log'], directory)).toMatchObject({ status: 0 });
  await backfill(directory, ...RANGE, '--output', 'link.log', '--force');
  expect(sha256OfFiles(directory, 'real.log')).toBe(sha256(expected.bytes));
  expect(statSync(join(directory, 'real.log')).mode & 0o777).toBe(0o600);
  expect(fileNamesIn(directory)).toEqual(['link.log', 'real.log']);
});

test('npm run backfill writes the same', async () => {
  const directory = temporaryDirectory();
  const args = ['run', '--silent', 'backfill', '--', ...RANGE, '--output', join(directory, 'x.log')];
  expect(await run('npm', args, ROOT)).toMatchObject({ status: 0, stdout: '' });
  expect(sha256OfFiles(directory, 'x.log')).toBe(sha256(expected.bytes));
});
