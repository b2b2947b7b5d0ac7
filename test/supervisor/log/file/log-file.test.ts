import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../../shared/errors.ts';
import { explainLogFileError, openLogFile } from '../../../../supervisor/log/file/log-file.ts';
import { temporaryDirectory } from '../../../tools/temporary.ts';

describe('appending', () => {
  test.each([
    { what: 'a new file', before: undefined, after: 'new\n' },
    { what: 'an empty file', before: '', after: 'new\n' },
    { what: 'a file that ends with its line', before: 'old\n', after: 'old\nnew\n' },
    { what: 'a file whose last line has no newline', before: 'old\nto', after: 'old\nto\nnew\n' },
    { what: 'a file that ends inside a character', before: Buffer.from([0xe2, 0x82]), after: '\ufffd\nnew\n' },
  ])('to $what', async ({ before, after }) => {
    const file = path.join(temporaryDirectory(), 'app.log');
    if (before !== undefined) writeFileSync(file, before);
    const log = await openLogFile(file);
    expect(await log.append(Buffer.from('xxnew\n'), 2)).toBe(6);
    await log.close();
    expect(readFileSync(file, 'utf8')).toBe(after);
  });

  test('to /dev/null', async () => {
    const log = await openLogFile('/dev/null');
    expect(await log.append(Buffer.from('new\n'), 0)).toBe(4);
    await log.close();
  });
});

test('a file that is removed during status() was not moved', async () => {
  const directory = temporaryDirectory();
  for (let attempt = 0; attempt < 300; attempt++) {
    const file = path.join(directory, `${attempt}.log`);
    const log = await openLogFile(file);
    const status = log.status();
    if (attempt % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
    rmSync(file);
    expect((await status)?.place).not.toBe('moved');
    expect(await log.status()).toMatchObject({ place: 'removed' });
    await log.close();
  }
});

describe('a file that cannot be opened', () => {
  test.each([
    { name: 'missing/app.log', why: 'its directory does not exist' },
    { name: 'file/app.log', why: 'its directory is a file' },
    { name: 'directory', why: 'it is a directory' },
  ])('$name: $why', async ({ name, why }) => {
    const directory = temporaryDirectory();
    writeFileSync(path.join(directory, 'file'), '');
    mkdirSync(path.join(directory, 'directory'));
    const file = path.join(directory, name);
    const error = await openLogFile(file).catch((reason) => explainLogFileError(file, reason));
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      code: 'log-file',
      message: expect.stringContaining(`${file} cannot be written: ${why}`),
    });
  });
});
