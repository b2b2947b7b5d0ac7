import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { takeName } from '../../../scripts/backfill/take-name.ts';
import { temporaryDirectory } from '../../tools/temporary.ts';

function setUp() {
  const directory = temporaryDirectory();
  const file = path.join(directory, 'part');
  const output = path.join(directory, 'x.log');
  writeFileSync(file, 'new\n');
  return { directory, file, output, read: () => readFileSync(output, 'utf8') };
}

/** Like `link` on a file system without hard links. */
const fails = (code: string) => (): void => {
  throw Object.assign(new Error(code), { code });
};

describe.each([
  { where: 'with hard links', link: undefined },
  { where: 'where links are not permitted', link: fails('EPERM') },
  { where: 'where links are not supported', link: fails('ENOTSUP') },
  { where: 'where links are not implemented', link: fails('ENOSYS') },
])('$where', ({ link }) => {
  test('takes a free name', () => {
    const { directory, file, output, read } = setUp();
    takeName(file, output, false, link);
    expect(read()).toBe('new\n');
    expect(readdirSync(directory)).toEqual(['x.log']);
  });

  test('does not take the name of another file', () => {
    const { file, output, read } = setUp();
    writeFileSync(output, 'old\n');
    expect(() => takeName(file, output, false, link)).toThrow(expect.objectContaining({ code: 'EEXIST' }));
    expect(read()).toBe('old\n');
    expect(existsSync(file)).toBe(true);
  });

  test('overwrites if it should', () => {
    const { directory, file, output, read } = setUp();
    writeFileSync(output, 'old\n');
    takeName(file, output, true, link);
    expect(read()).toBe('new\n');
    expect(readdirSync(directory)).toEqual(['x.log']);
  });

  test.each([false, true])('fails for a file that was removed, overwriting: %s', (isOverwriting) => {
    const { directory, file, output } = setUp();
    rmSync(file);
    expect(() => takeName(file, output, isOverwriting, link)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
    expect(readdirSync(directory)).toEqual([]);
  });
});
