/** A fleet started from a checkout that is rebuilt while it runs. */

import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectExactlyOnce } from '../tools/exactly-once.ts';
import { ROOT, run } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';
import { launch, type RunningFleet } from './fleet.ts';

/** A copy of this checkout as it is after the build, with links to its packages. */
function checkout(): string {
  const directory = temporaryDirectory();
  for (const entry of ['dist', 'package.json', 'tsconfig.json']) {
    cpSync(join(ROOT, entry), join(directory, entry), { recursive: true });
  }
  mkdirSync(join(directory, 'node_modules'));
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name.startsWith('.')) continue;
    symlinkSync(join(ROOT, 'node_modules', name), join(directory, 'node_modules', name));
  }
  return directory;
}

function startFrom(directory: string): Promise<RunningFleet> {
  const commandLine = [process.execPath, join(directory, 'dist/scripts/cli.js'), 'start', '--rate', '500'];
  return launch({ commandLine, directory: temporaryDirectory() });
}

const cacheOf = (directory: string) => join(directory, 'node_modules/.cache/demo-backend-log-generator');

/** Replaces every file of the services by one that throws. */
function rebuild(directory: string): void {
  for (const folder of ['services', 'shared']) {
    const files = readdirSync(join(directory, 'dist', folder), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.js'))) {
      writeFileSync(join(directory, 'dist', folder, file), "throw new Error('rebuilt');\n");
    }
  }
}

test('after a rebuild, services are restarted and incidents planned with the code with which the fleet started', async () => {
  const directory = checkout();
  const fleet = await startFrom(directory);
  expect(await fleet.services()).toHaveLength(5);
  expect(readdirSync(cacheOf(directory))).toHaveLength(1);
  rebuild(directory);
  expect(await fleet.command('services', 'kill', 'payment')).toMatchObject({ status: 0, stderr: '' });
  await fleet.showsLines(100, 'PaymentService');
  expect(await fleet.command('incident', 'start', 'quiet')).toMatchObject({ status: 0, stderr: '' });
  expect((await fleet.command('incident', 'start', 'quite')).stderr).toContain('did you mean quiet?');
  expect(await fleet.command('incident', 'stop', '--all', '--at-once')).toMatchObject({ status: 0 });
  const world = await fleet.world();
  expect(await fleet.stop()).toBe(0);
  await expectExactlyOnce({ world, files: fleet.files });
  expect(readdirSync(cacheOf(directory))).toEqual([]);
});

test('the code copy of a killed fleet is removed at the next start, those of others are not', async () => {
  const directory = checkout();
  const killed = await startFrom(directory);
  const [leftover = ''] = readdirSync(cacheOf(directory));
  killed.process.kill('SIGKILL');
  await killed.exited;
  const ofAnother = `another.host-${killed.pid}-abcdef`;
  const ofThisTest = leftover.replace(String(killed.pid), String(process.pid));
  expect(leftover).toContain(hostname().replaceAll(/[^\w.]/g, '_'));
  for (const name of [ofAnother, ofThisTest]) mkdirSync(join(cacheOf(directory), name));
  const next = await startFrom(directory);
  const copies = readdirSync(cacheOf(directory));
  expect(copies).not.toContain(leftover);
  expect(copies).toHaveLength(3);
  expect(copies).toEqual(expect.arrayContaining([ofAnother, ofThisTest]));
  expect(await next.stop()).toBe(0);
});

test.each([
  {
    what: 'no copy is possible',
    prepare: (directory: string) => writeFileSync(join(directory, 'node_modules/.cache'), 'a file'),
  },
  {
    what: 'there is nothing to rebuild',
    prepare: (directory: string) => rmSync(join(directory, 'tsconfig.json')),
  },
])('where $what the services run the code of the checkout', async ({ prepare }) => {
  const directory = checkout();
  prepare(directory);
  const fleet = await startFrom(directory);
  expect(await fleet.command('services', 'kill', 'payment')).toMatchObject({ status: 0, stderr: '' });
  expect(existsSync(cacheOf(directory))).toBe(false);
  expect(await fleet.stop()).toBe(0);
});

test('a fleet that is refused leaves no copy', async () => {
  const directory = checkout();
  const fleet = await startFrom(directory);
  const args = [join(directory, 'dist/scripts/cli.js'), 'start', '--log-file', fleet.logFile];
  expect(await run(process.execPath, args, directory)).toMatchObject({ status: 1, stdout: '' });
  expect(readdirSync(cacheOf(directory))).toHaveLength(1);
  expect(await fleet.stop()).toBe(0);
});
