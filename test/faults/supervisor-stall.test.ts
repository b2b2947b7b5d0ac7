/** A supervisor that was stopped, as by SIGSTOP or `docker pause`, while it waited: its deadlines ran out meanwhile. */

import { expect, test } from 'vitest';
import { block } from '../tools/block.ts';
import { runFixtures, steady } from '../tools/fleet-of-fixtures.ts';
import { program } from '../tools/programs.ts';

test('a supervisor that stood still while a service ended starts it again all the same', async (context) => {
  const { commands, sink } = await runFixtures(context, program('api', 'takes-a-second-to-leave'));
  const restarted = commands.run('api', 'restart');
  await sink.line('[ApiService]: leaving');
  block(7_300);
  expect(await restarted).toMatchObject({ state: 'up' });
});

test('a supervisor that stood still while its services left does not take them for immortal', async (context) => {
  const { fleet, sink, status } = await runFixtures(context, ...steady);
  const stopped = fleet.stop();
  block(8_300);
  await stopped;
  expect(status('api').state).toBe('stopped');
  expect(sink.text).not.toContain('Not even SIGKILL');
});
