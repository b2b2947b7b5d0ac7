/** A supervisor that is stopped, as by SIGSTOP or `docker pause`, until its timeouts have expired. */

import { expect, test } from 'vitest';
import { block } from '../tools/block.ts';
import { runFixtures, steady } from '../tools/fleet-of-fixtures.ts';
import { program } from '../tools/programs.ts';

test('a supervisor that stalled while a service stopped still restarts it', async (context) => {
  const { commands, sink } = await runFixtures(context, program('api', 'takes-a-second-to-exit'));
  const restarted = commands.run('api', 'restart');
  await sink.line('[ApiService]: exiting');
  block(7_300);
  expect(await restarted).toMatchObject({ state: 'up' });
});

test('a supervisor that stalled while its services stopped does not report that SIGKILL failed', async (context) => {
  const { fleet, sink, status } = await runFixtures(context, ...steady);
  const stopped = fleet.stop();
  block(8_300);
  await stopped;
  expect(status('api').state).toBe('stopped');
  expect(sink.text).not.toContain('Not even SIGKILL');
});
