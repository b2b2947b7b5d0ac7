import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filesIn, openRotating as open, write } from '../../../tools/rotating-log.ts';
import { temporaryDirectory } from '../../../tools/temporary.ts';

describe('rotation', () => {
  test('writes every line once and to one file, and no file exceeds the bound', async () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => `${text.replace(/\n/g, ' ')}\n`);
    const batches = fc.array(fc.array(line, { minLength: 1, maxLength: 8 }), { maxLength: 20 });
    const size = fc.integer({ min: 1, max: 120 });
    await fc.assert(
      fc.asyncProperty(batches, size, size, async (written, maxSize, maxWriteBytes) => {
        const { log, fs, directory } = await open({ maxSize, keep: 1000 });
        fs.maxWriteBytes = maxWriteBytes;
        for (const lines of written) await write(log, lines.join(''));
        const byAge = readdirSync(directory).sort((a, b) => number(a) - number(b));
        const texts = byAge.map((name) => readFileSync(path.join(directory, name), 'utf8'));
        expect(texts.join('')).toBe(written.flat().join(''));
        for (const text of texts.slice(0, -1)) expect(text.endsWith('\n')).toBe(true);
        for (const text of texts) {
          if (Buffer.byteLength(text) > maxSize) expect(text.match(/\n/g)).toHaveLength(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    { keep: 0, expected: { 'app.log': 'ddddd dd\n' } },
    { keep: 1, expected: { 'app.log': 'ddddd dd\n', 'app.log.3': 'ccccc cc\n' } },
    { keep: 2, expected: { 'app.log': 'ddddd dd\n', 'app.log.2': 'bbbbb bb\n', 'app.log.3': 'ccccc cc\n' } },
    {
      keep: 3,
      expected: {
        'app.log': 'ddddd dd\n',
        'app.log.1': 'aaaaa aa\n',
        'app.log.2': 'bbbbb bb\n',
        'app.log.3': 'ccccc cc\n',
      },
    },
  ])('keeps $keep old files under the names they got', async ({ keep, expected }) => {
    const { log, files, events } = await open({ keep });
    for (const letter of 'abcd') await write(log, `${letter.repeat(5)} ${letter.repeat(2)}\n`);
    expect(files()).toEqual(expected);
    expect(events).toEqual([]);
  });

  test('happens with the first byte over the bound, not before', async () => {
    const { log, files } = await open({});
    await write(log, '1234\n6789\n');
    expect(files()).toEqual({ 'app.log': '1234\n6789\n' });
    await write(log, '\n');
    expect(files()).toEqual({ 'app.log': '\n', 'app.log.1': '1234\n6789\n' });
  });

  test('of a file that is too large at the start happens before the first line', async () => {
    const { log, files } = await open({ before: { 'app.log': 'of an earlier run\nto' } });
    await write(log, 'new\n');
    expect(files()).toEqual({ 'app.log': 'new\n', 'app.log.1': 'of an earlier run\nto\n' });
  });

  test('is off with 0', async () => {
    const { log, files } = await open({ maxSize: 0 });
    await write(log, 'a line of many bytes\n'.repeat(1_000));
    expect(Object.keys(files())).toEqual(['app.log']);
  });

  test('continues the numbers of an earlier run, and treats nothing else as a rotated file', async () => {
    const others = { 'app.log.10.gz': 'packed\n', 'app.log.old': 'old\n', 'app.log.007': 'agent\n' };
    const before = { 'app.log': '123456789\n', 'app.log.2': 'two\n', 'app.log.9': 'nine\n', ...others };
    const { log, files } = await open({ before, keep: 2 });
    await write(log, 'new\n');
    expect(files()).toEqual({
      'app.log': 'new\n',
      'app.log.9': 'nine\n',
      'app.log.10': '123456789\n',
      ...others,
    });
  });

  test.each([1, 10, 1_000])('costs one rename and at most one removal with %i files kept', async (keep) => {
    const old = Array.from({ length: keep }, (_, index) => [`app.log.${index + 1}`, 'old\n'] as const);
    const { log, fs } = await open({ keep, before: Object.fromEntries(old) });
    await write(log, '123456789\n');
    await write(log, '123456789\n');
    const before = fs.operations.length;
    await write(log, '123456789\n');
    expect(fs.operations.slice(before).filter((operation) => operation !== 'append')).toEqual([
      'rename',
      'open',
      'remove',
    ]);
  });

  test('never overwrites a file of another program with the next number', async () => {
    const { log, files, directory } = await open({});
    await write(log, '123456789\n');
    await write(log, '123456788\n');
    writeFileSync(path.join(directory, 'app.log.2'), "another program's\n");
    await write(log, 'new\n');
    expect(files()).toEqual({
      'app.log': 'new\n',
      'app.log.1': '123456789\n',
      'app.log.2': "another program's\n",
      'app.log.3': '123456788\n',
    });
  });

  test('keeps a symbolic link and rotates its target', async () => {
    const directory = temporaryDirectory();
    const elsewhere = temporaryDirectory();
    symlinkSync(path.join(elsewhere, 'real.log'), path.join(directory, 'app.log'));
    const { log } = await open({}, directory);
    await write(log, '123456789\nnew\n');
    expect(readdirSync(directory)).toEqual(['app.log']);
    expect(filesIn(elsewhere)).toEqual({ 'real.log': 'new\n', 'real.log.1': '123456789\n' });
  });

  test('never happens to a device', async () => {
    const { log, fs } = await open({ path: '/dev/null' });
    await write(log, 'a line of many bytes\n'.repeat(10));
    expect(fs.operations).not.toContain('rename');
  });

  test('never happens to a named pipe', async () => {
    const directory = temporaryDirectory();
    execFileSync('mkfifo', [path.join(directory, 'app.log')]);
    const { log, fs } = await open({}, directory);
    await write(log, 'a line of many bytes\n'.repeat(10));
    expect(fs.operations).not.toContain('rename');
    expect(readdirSync(directory)).toEqual(['app.log']);
  });
});

describe('rotation that fails', () => {
  test.each([
    { operation: 'rename', message: 'EACCES: permission denied' },
    { operation: 'open', message: 'ENOSPC: no space left on device' },
  ] as const)('at $operation still writes to the old file, logs that once and tries again', async (fault) => {
    const { log, fs, events, clock, files } = await open({});
    await write(log, '123456789\n');
    fs.fail(fault.operation, fault.message);
    for (clock.ms = 0; clock.ms < 5_000; clock.ms += 100) await write(log, 'more\n');
    expect(files()).toEqual({ 'app.log': `123456789\n${'more\n'.repeat(50)}` });
    const attempts = fs.operations.filter((operation) => operation === fault.operation).length;
    expect(attempts).toBeLessThan(12);
    expect(events).toEqual([`WARNING Log file cannot be rotated, still writing to it: ${fault.message}`]);

    fs.recover();
    clock.ms += 1_000;
    await write(log, 'new\n');
    expect(files()).toEqual({ 'app.log': 'new\n', 'app.log.1': `123456789\n${'more\n'.repeat(50)}` });
    expect(events.slice(1)).toEqual(['INFO Log rotation works again']);
  });

  test('repeatedly removes no old file', async () => {
    const before = { 'app.log': '123456789\n', 'app.log.1': 'one\n', 'app.log.2': 'two\n' };
    const { log, fs, clock, files } = await open({ before, keep: 4 });
    fs.fail('open', 'EMFILE: too many open files');
    for (let attempt = 0; attempt < 5; attempt++) {
      await write(log, 'more\n');
      clock.ms += 1_000;
    }
    fs.recover();
    await write(log, 'new\n');
    const first = `123456789\n${'more\n'.repeat(5)}`;
    expect(files()).toEqual({ 'app.log': 'new\n', 'app.log.1': 'one\n', 'app.log.2': 'two\n', 'app.log.3': first });
  });

  test('because the old file cannot be removed, with none to keep, loses nothing', async () => {
    const { log, fs, files } = await open({ keep: 0 });
    fs.fail('remove', 'EPERM');
    await write(log, '1234\n6789\nnew\n');
    expect(files()).toEqual({ 'app.log': 'new\n', 'app.log.1': '1234\n6789\n' });
    fs.recover();
    await write(log, '123456789\n');
    expect(files()).toEqual({ 'app.log': '123456789\n' });
  });
});

/** The log itself comes last. */
function number(name: string): number {
  return Number(name.slice('app.log.'.length)) || Number.POSITIVE_INFINITY;
}
