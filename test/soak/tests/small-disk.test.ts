import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { SmallDisk } from '../small-disk.ts';

test('a small disk is full for a while, has room again, and goes without a trace', async ({ skip }) => {
  const directory = mkdtempSync(join(tmpdir(), 'demo-logs-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const disk = SmallDisk.mount(directory) as SmallDisk;
  skip(disk === undefined, 'only root may mount a small disk');
  onTestFinished(disk.unmount);
  const write = () => appendFileSync(join(disk.logs, 'app.log'), 'x'.repeat(100_000));
  write();
  const full = disk.full(1_000);
  await delay(100);
  expect(() => write()).toThrow('ENOSPC');
  await full;
  write();
  expect(readdirSync(disk.logs)).toEqual(['app.log']);
  disk.unmount();
  expect(readdirSync(directory)).toEqual([]);
});
