import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { checkSocketDirectory, controlSocketPath, resolveLogFile } from '../../shared/paths.ts';
import { useOwnRuntimeDirectory } from '../tools/runtime-directory.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

useOwnRuntimeDirectory();

test.each([
  { given: undefined, file: path.resolve('app.log') },
  { given: 'demo.log', file: path.resolve('demo.log') },
  { given: '/var/log/demo.log', file: '/var/log/demo.log' },
])('the log file of $given is $file', ({ given, file }) => {
  expect(resolveLogFile(given)).toBe(file);
});

describe('the control socket', () => {
  test('is in the runtime directory, in a directory of the user', () => {
    const socket = controlSocketPath('app.log');
    const { XDG_RUNTIME_DIR = '' } = process.env;
    expect(path.dirname(socket)).toBe(path.join(XDG_RUNTIME_DIR, `demo-logs-${process.getuid?.()}`));
    expect(path.basename(socket)).toMatch(/^[0-9a-f]{16}\.sock$/);
  });

  test.each([
    { what: 'is not set', runtime: '' },
    { what: 'does not exist', runtime: '/does/not/exist' },
    { what: 'is no absolute path', runtime: '.' },
    { what: 'is a file', runtime: '/etc/passwd' },
  ])('is in the temporary directory when XDG_RUNTIME_DIR $what', ({ runtime }) => {
    const directory = temporaryDirectory();
    vi.stubEnv('XDG_RUNTIME_DIR', runtime);
    vi.stubEnv('TMPDIR', directory);
    expect(controlSocketPath('app.log').startsWith(directory)).toBe(true);
  });

  test('is in /tmp when its path would be too long for the kernel', () => {
    const long = path.join(temporaryDirectory(), 'x'.repeat(80));
    mkdirSync(long);
    vi.stubEnv('XDG_RUNTIME_DIR', long);
    vi.stubEnv('TMPDIR', long);
    expect(controlSocketPath('app.log').startsWith('/tmp/demo-logs-')).toBe(true);
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
    const file = path.join(directory, 'app.log');
    const other = path.join(temporaryDirectory(), 'link');
    if (exists) writeFileSync(file, '');
    symlinkSync(link === 'file' ? file : directory, other);
    expect(controlSocketPath(link === 'file' ? other : path.join(other, 'app.log'))).toBe(controlSocketPath(file));
  });

  test('of a file in a missing directory is found too', () => {
    expect(controlSocketPath('/does/not/exist/app.log')).toMatch(/\.sock$/);
  });
});

describe('the directory of the sockets', () => {
  test.each([
    { mode: 0o700, isRefused: false },
    { mode: 0o750, isRefused: true },
    { mode: 0o701, isRefused: true },
    { mode: 0o777, isRefused: true },
  ])('with mode $mode is refused: $isRefused', ({ mode, isRefused }) => {
    const directory = temporaryDirectory();
    chmodSync(directory, mode);
    const check = expect(() => checkSocketDirectory(directory));
    if (isRefused) check.toThrow(expect.objectContaining({ code: 'socket-directory' }));
    else check.not.toThrow();
  });

  test('is refused when it is a link', () => {
    const link = path.join(temporaryDirectory(), 'link');
    symlinkSync(temporaryDirectory(), link);
    expect(() => checkSocketDirectory(link)).toThrow(expect.objectContaining({ code: 'socket-directory' }));
  });

  test.runIf(process.getuid?.() === 0)('is refused when it belongs to another user', async () => {
    const { chownSync } = await import('node:fs');
    const directory = temporaryDirectory();
    chownSync(directory, 65_534, 65_534);
    expect(() => checkSocketDirectory(directory)).toThrow(expect.objectContaining({ code: 'socket-directory' }));
  });
});
