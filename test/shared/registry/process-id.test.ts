import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isAlive, ownProcessId } from '../../../shared/registry/process-id.ts';

test('this process is alive', () => {
  expect(isAlive(ownProcessId())).toBe(true);
  expect(ownProcessId().pid).toBe(process.pid);
});

test('a process that has exited is not', async () => {
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  const id = { pid: child.pid as number };
  await once(child, 'close');
  expect(isAlive(id)).toBe(false);
});

test('a later process with the same pid is not', () => {
  expect(isAlive({ ...ownProcessId(), startedAt: 'long ago' })).toBe(false);
});

test.runIf(existsSync('/proc/self/stat'))('a zombie is not', async () => {
  // The shell becomes a program that never waits for its child, which exits only then: a shell would reap it.
  const script = '(until [ "$(cat /proc/$$/comm)" = sleep ]; do sleep 0.01; done) & echo $!; exec sleep 60';
  const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [output] = (await once(parent.stdout, 'data')) as [Buffer];
  await expect.poll(() => isAlive({ pid: Number(output.toString()) }), { timeout: 5_000 }).toBe(false);
  expect(() => process.kill(Number(output.toString()), 0)).not.toThrow();
  parent.kill('SIGKILL');
  await once(parent, 'close');
});
