import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTemporaryFile, pidOfOther, removeLeftovers } from '../../../scripts/backfill/temporary-file.ts';
import { temporaryDirectory } from '../../tools/temporary.ts';

/** Creates a temporary file for the output; returns its path. */
function create(output: string, random?: string): string {
  const { path: file, fd } = createTemporaryFile(output, 0o666, random);
  closeSync(fd);
  return file;
}

/** The same, as if another process had created it. */
function createBy(pid: number, output: string): string {
  const file = create(output);
  const theirs = file.replace(new RegExp(`-${process.pid}(-[0-9a-f]+\\.part)$`), `-${pid}$1`);
  expect(theirs).not.toBe(file);
  renameSync(file, theirs);
  return theirs;
}

test('is named after the output, the machine and the process, with a random part', () => {
  const output = path.join(temporaryDirectory(), 'november.log');
  const names = [create(output), create(output)].map((file) => path.basename(file));
  for (const name of names) {
    expect(name).toMatch(new RegExp(`^november\\.log\\.[\\w-]+-${process.pid}-[0-9a-f]{8}\\.part$`));
  }
  expect(names[0]).not.toBe(names[1]);
});

test.each(['a link to a file', 'a link to nothing'])('is not created through %s with its name', (what) => {
  const directory = temporaryDirectory();
  const output = path.join(directory, 'x.log');
  const target = path.join(directory, 'target');
  if (what === 'a link to a file') writeFileSync(target, 'precious\n');
  const name = path.basename(create(output, '0123abcd'));
  const other = path.join(temporaryDirectory(), 'x.log');
  symlinkSync(target, path.join(path.dirname(other), name));
  expect(() => create(other, '0123abcd')).toThrow(expect.objectContaining({ code: 'EEXIST' }));
  if (what === 'a link to a file') expect(readFileSync(target, 'utf8')).toBe('precious\n');
  else expect(readdirSync(directory)).not.toContain('target');
});

describe.each([
  { what: 'short', name: 'x' },
  { what: 'as long as allowed', name: 'x'.repeat(255) },
  { what: 'of characters of two bytes', name: 'ü'.repeat(127) },
  { what: 'of characters of four bytes', name: '😀'.repeat(63) },
])('of an output whose name is $what', ({ name }) => {
  test('its name is not too long, and it is found again', () => {
    const output = path.join(temporaryDirectory(), name);
    const file = create(output);
    expect(Buffer.byteLength(path.basename(file))).toBeLessThanOrEqual(255);
    removeLeftovers(output);
    expect(readdirSync(path.dirname(output))).toEqual([]);
  });

  test('it is not mistaken for that of another output', () => {
    const directory = temporaryDirectory();
    const [last = ''] = [...name].slice(-1);
    const other = `${[...name].slice(0, -1).join('')}${last === 'x' ? 'y' : 'é'}`;
    const file = create(path.join(directory, other));
    removeLeftovers(path.join(directory, name));
    expect(readdirSync(directory)).toEqual([path.basename(file)]);
  });
});

describe('another process that writes the same output', () => {
  test('is found until it exits, and then its file is removed', async () => {
    const output = path.join(temporaryDirectory(), 'x.log');
    expect(pidOfOther(output)).toBeUndefined();
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const file = createBy(child.pid as number, output);
    removeLeftovers(output);
    expect(pidOfOther(output)).toBe(child.pid);
    expect(readdirSync(path.dirname(output))).toEqual([path.basename(file)]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(pidOfOther(output)).toBeUndefined();
    removeLeftovers(output);
    expect(readdirSync(path.dirname(output))).toEqual([]);
  });

  test.runIf(process.getuid?.() !== 0 || process.platform === 'linux')('may belong to another user', () => {
    const output = path.join(temporaryDirectory(), 'x.log');
    createBy(1, output);
    expect(pidOfOther(output)).toBe(1);
  });

  test('is not this process: a file with our pid was left by an earlier process', () => {
    const output = path.join(temporaryDirectory(), 'x.log');
    create(output);
    expect(pidOfOther(output)).toBeUndefined();
  });
});

test('a missing directory has no temporary files', () => {
  const output = path.join(temporaryDirectory(), 'missing', 'x.log');
  removeLeftovers(output);
  expect(pidOfOther(output)).toBeUndefined();
});
