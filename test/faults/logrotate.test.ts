/** Rotation by logrotate, configured as in the README. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { npmStart } from '../e2e/fleet.ts';
import { expectExactlyOnce } from '../tools/exactly-once.ts';
import { run } from '../tools/run.ts';

// What takes ten seconds may take a minute on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const ROUNDS = 5;

/** The configuration in the README, with this directory for the log. */
function documentedConfiguration(directory: string): string {
  const readme = readFileSync(new URL('../../scripts/README.md', import.meta.url), 'utf8');
  const configuration = /^```\n(\/var\/log\/demo\/app\.log \{\n[^`]*\})\n```$/m.exec(readme)?.[1];
  return (configuration as string).replaceAll('/var/log/demo', directory);
}

test('logrotate, configured as in the README, keeps every line exactly once', async ({ skip }) => {
  const tools = await run('sh', ['-c', 'command -v logrotate && command -v pkill && command -v gzip'], '/');
  skip(tools.status !== 0, 'logrotate, pkill or gzip is not installed');
  const fleet = await npmStart('--rate', '3000', '--max-size', '0');
  const configuration = join(fleet.directory, 'logrotate.conf');
  const state = join(fleet.directory, 'logrotate.state');
  writeFileSync(configuration, documentedConfiguration(fleet.directory), { mode: 0o600 });
  for (let round = 0; round < ROUNDS; round++) {
    await fleet.showsLines(500);
    const seen = fleet.stdout.length;
    const rotated = await run('logrotate', ['--force', '--state', state, configuration], fleet.directory);
    expect(rotated).toEqual({ status: 0, stdout: '', stderr: '' });
    await fleet.shows(/Log file reopened/, seen);
  }
  await fleet.showsLines(500);
  const world = await fleet.world();
  const stopped = await fleet.command('stop', '--log-file', fleet.logFile);
  expect(stopped).toMatchObject({ status: 0, stderr: '' });
  expect(await fleet.exited).toBe(0);

  // All but the latest are compressed.
  const compressed = [5, 4, 3, 2].map((number) => `${fleet.logFile}.${number}.gz`);
  expect(await run('gzip', ['-d', ...compressed], fleet.directory)).toMatchObject({ status: 0 });
  // logrotate gives the latest file the lowest number.
  const files = [...[5, 4, 3, 2, 1].map((number) => `${fleet.logFile}.${number}`), fleet.logFile];
  expect([...fleet.files].sort()).toEqual([...files].sort());
  await expectExactlyOnce({ world, files });
  expect(files.map((file) => readFileSync(file, 'utf8')).join('')).toBe(fleet.stdout);
});
