import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryDirectory } from '../../tools/temporary.ts';
import { FillableDisk } from '../fillable-disk.ts';

test('a disk is full for a while, then has room again, and is gone after it is unmounted', async ({ skip }) => {
  const directory = temporaryDirectory();
  const disk = FillableDisk.mount(directory) ?? skip('only root may mount a disk');
  onTestFinished(disk.unmount);
  const write = () => appendFileSync(join(disk.logs, 'app.log'), 'x'.repeat(100_000));
  write();
  const filled = disk.fillFor(1_000);
  await delay(100);
  expect(() => write()).toThrow('ENOSPC');
  await filled;
  write();
  expect(readdirSync(disk.logs)).toEqual(['app.log']);
  disk.unmount();
  expect(readdirSync(directory)).toEqual([]);
});
