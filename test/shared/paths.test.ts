import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { controlSocketPath, resolveLogFile } from '../../shared/paths.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

test.each([
  { given: undefined, file: path.resolve('app.log') },
  { given: 'demo.log', file: path.resolve('demo.log') },
  { given: '/var/log/demo.log', file: '/var/log/demo.log' },
])('the log file of $given is $file', ({ given, file }) => {
  expect(resolveLogFile(given)).toBe(file);
});

describe('the control socket', () => {
  test('depends on the log file and the user, and on nothing in the environment', () => {
    expect(controlSocketPath('app.log')).toMatch(
      new RegExp(`^/tmp/demo-logs-${process.getuid?.()}(-\\d)?/sockets/[0-9a-f]{16}\\.sock$`),
    );
    expect(Buffer.byteLength(controlSocketPath('x'.repeat(5_000)))).toBeLessThan(100);
  });

  test('differs from log file to log file', () => {
    expect(controlSocketPath('a.log')).not.toBe(controlSocketPath('b.log'));
  });

  test.each([
    { what: 'a link to the file', exists: true, link: 'file' },
    { what: 'a link to its directory', exists: true, link: 'directory' },
    { what: 'a link to a file that does not exist yet', exists: false, link: 'file' },
    { what: 'a link to the directory of a file that does not exist yet', exists: false, link: 'directory' },
  ])('is the same by $what', ({ exists, link }) => {
    const directory = temporaryDirectory();
    mkdirSync(directory, { recursive: true });
    const file = path.join(directory, 'app.log');
    const other = path.join(temporaryDirectory(), 'link');
    if (exists) writeFileSync(file, '');
    symlinkSync(link === 'file' ? file : directory, other);
    expect(controlSocketPath(link === 'file' ? other : path.join(other, 'app.log'))).toBe(controlSocketPath(file));
  });

  test('exists for a file in a missing directory too', () => {
    expect(controlSocketPath('/does/not/exist/app.log')).toMatch(/\.sock$/);
  });
});
