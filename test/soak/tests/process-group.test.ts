import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { leakedFrom, signalGroup } from '../process-group.ts';

/** A process that leaves another one behind, in the group that it led. */
async function leaderOf(command: string): Promise<number> {
  const leader = spawn('sh', ['-c', command], { detached: true, stdio: 'ignore' });
  const group = leader.pid as number;
  onTestFinished(() => void signalGroup(group, 'SIGKILL'));
  await once(leader, 'exit');
  return group;
}

test.skipIf(!existsSync('/proc/self/stat'))('a process that outlives the leader of its group is leaked', async () => {
  const group = await leaderOf('sleep 60 &');
  const leaked = await leakedFrom(group, 100);
  expect(leaked).toHaveLength(1);
  expect(leaked).not.toContain(group);
  signalGroup(group, 'SIGKILL');
  expect(await leakedFrom(group)).toEqual([]);
});

test('one that leaves in time is not', async () => {
  expect(await leakedFrom(await leaderOf('sleep 0.2 &'))).toEqual([]);
});
