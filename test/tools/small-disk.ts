import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryDirectory } from './temporary.ts';
import { mountTmpfs } from './tmpfs.ts';

/** Creates an empty disk for the test and returns its directory; undefined where this user or system cannot mount. */
export function smallDisk(kibibytes: number): string | undefined {
  const directory = join(temporaryDirectory(), 'disk');
  mkdirSync(directory);
  const unmount = mountTmpfs(directory, `${kibibytes}k`);
  if (!unmount) return undefined;
  onTestFinished(unmount);
  return directory;
}
