import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryDirectory } from './temporary.ts';

/** The directory of an empty disk of so many KiB, gone when the test is; undefined where we may not mount one. */
export function smallDisk(kibibytes: number): string | undefined {
  const directory = join(temporaryDirectory(), 'disk');
  mkdirSync(directory);
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', directory]);
  if (status !== 0) return undefined;
  // Lazily: what a test that failed left open must not keep the disk there for good.
  onTestFinished(() => {
    const { stderr } = spawnSync('umount', ['--lazy', directory], { encoding: 'utf8' });
    if (stderr) throw new Error(stderr);
  });
  return directory;
}
