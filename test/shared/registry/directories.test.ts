import { chmodSync, chownSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownRegistryDirectory, registryDirectories, userId } from '../../../shared/registry/directories.ts';
import { temporaryDirectory } from '../../tools/temporary.ts';

const NAME = `demo-logs-${userId()}`;
const isRoot = userId() === 0;

function giveAway(directory: string): void {
  mkdirSync(directory);
  chownSync(directory, 65_534, 65_534);
}

describe("the user's own directory", () => {
  test('is readable for all and writable for its owner, with any umask', () => {
    const base = temporaryDirectory();
    const directory = ownRegistryDirectory([base]);
    expect(directory).toBe(path.join(base, NAME));
    expect(lstatSync(directory).mode & 0o777).toBe(0o755);
    expect(ownRegistryDirectory([base])).toBe(directory);
  });

  test.each([0o700, 0o777, 0o775])('with mode %o is corrected', (mode) => {
    const base = temporaryDirectory();
    mkdirSync(path.join(base, NAME));
    chmodSync(path.join(base, NAME), mode);
    expect(lstatSync(ownRegistryDirectory([base])).mode & 0o777).toBe(0o755);
  });

  test.each([
    { what: 'a file', squat: (file: string) => writeFileSync(file, '') },
    { what: 'a link', squat: (file: string) => symlinkSync('/etc', file) },
    ...(isRoot ? [{ what: "another user's", squat: giveAway }] : []),
  ])('has another name when the first is $what', ({ squat }) => {
    const base = temporaryDirectory();
    squat(path.join(base, NAME));
    expect(ownRegistryDirectory([base])).toBe(path.join(base, `${NAME}-1`));
  });

  test('is in the second place if the first cannot be used, and an error of one line if none can', () => {
    const base = temporaryDirectory();
    expect(ownRegistryDirectory(['/does/not/exist', base])).toBe(path.join(base, NAME));
    expect(() => ownRegistryDirectory(['/does/not/exist'])).toThrow(
      expect.objectContaining({
        code: 'socket-directory',
        message: expect.stringMatching(/^no directory .*ENOENT.*$/),
      }),
    );
  });
});

describe('the directories of all users', () => {
  test('are found, our own first, without those that others can write to', () => {
    const base = temporaryDirectory();
    for (const name of ['demo-logs-5', 'demo-logs-6', 'demo-logs-7', 'else', 'demo-logs-e2e-1'])
      mkdirSync(path.join(base, name));
    chmodSync(path.join(base, 'demo-logs-6'), 0o777);
    if (isRoot) chownSync(path.join(base, 'demo-logs-5'), 5, 5);
    symlinkSync('/etc', path.join(base, 'demo-logs-8'));
    const names = registryDirectories([base]).map(({ path: directory }) => path.basename(directory));
    expect(names).toEqual(isRoot ? ['demo-logs-7', 'demo-logs-5'] : ['demo-logs-5', 'demo-logs-7']);
  });
});
