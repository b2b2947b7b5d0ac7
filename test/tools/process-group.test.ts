import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { leakedFrom, signalGroup } from './process-group.ts';

/** Starts a shell as the leader of a process group and waits until it exits. Returns the id of the group. */
async function groupLeftBy(command: string): Promise<number> {
  const leader = spawn('sh', ['-c', command], { detached: true, stdio: 'ignore' });
  const group = leader.pid as number;
  onTestFinished(() => void signalGroup(group, 'SIGKILL'));
  await once(leader, 'exit');
  return group;
}

test.skipIf(!existsSync('/proc/self/stat'))('a process that outlives the leader of its group is leaked', async () => {
  const group = await groupLeftBy('sleep 60 &');
  const leaked = await leakedFrom(group, 100);
  expect(leaked).toHaveLength(1);
  expect(leaked).not.toContain(group);
  signalGroup(group, 'SIGKILL');
  expect(await leakedFrom(group)).toEqual([]);
});

test('a process that exits before the timeout is not leaked', async () => {
  expect(await leakedFrom(await groupLeftBy('sleep 0.2 &'))).toEqual([]);
});
