import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRotating as open, write } from '../../../tools/rotating-log.ts';

describe('a log file that another program', () => {
  test.each(['moved', 'removed'] as const)('%s is replaced by a new one within a second', async (what) => {
    const { log, fs, events, clock, directory, files } = await open({ maxSize: 0 });
    const file = path.join(directory, 'app.log');
    await write(log, 'old\n');
    if (what === 'moved') await fs.rename(file, `${file}.old`);
    else await fs.remove(file);
    clock.ms = 999;
    await write(log, 'late\n');
    expect(existsSync(file)).toBe(false);
    clock.ms = 1_000;
    await write(log, 'new\n');
    const old = what === 'moved' ? { 'app.log.old': 'old\nlate\n' } : {};
    expect(files()).toEqual({ 'app.log': 'new\n', ...old });
    expect(events).toEqual([`WARNING Log file was ${what}, starting a new one`]);
  });

  test('moved, and that cannot be opened again: the old file is still written', async () => {
    const { log, fs, events, clock, directory, files } = await open({});
    const file = path.join(directory, 'app.log');
    await write(log, '123456789\n');
    await fs.rename(file, `${file}.1`);
    writeFileSync(file, "another program's\n");
    fs.fail('open', 'EACCES: permission denied');
    for (clock.ms = 0; clock.ms < 3_000; clock.ms += 100) await write(log, 'more\n');
    expect(files()).toEqual({ 'app.log': "another program's\n", 'app.log.1': `123456789\n${'more\n'.repeat(30)}` });
    expect(events).toEqual([
      expect.stringMatching(/^WARNING Log file was moved and cannot be opened again, still writing to the old one: /),
    ]);
  });

  test('removed, and that cannot be opened again: writing fails until it can', async () => {
    const { log, fs, clock, directory, files } = await open({});
    await write(log, 'old\n');
    await fs.remove(path.join(directory, 'app.log'));
    fs.fail('open', 'EROFS: read-only file system');
    clock.ms = 1_000;
    for (let attempt = 0; attempt < 3; attempt++) await expect(write(log, 'new\n')).rejects.toThrow('EROFS');
    fs.recover();
    await write(log, 'new\n');
    expect(files()).toEqual({ 'app.log': 'new\n' });
  });

  test('removed in the middle of a line: the new file gets the whole line', async () => {
    const { log, fs, clock, directory, files } = await open({ maxSize: 0 });
    const bytes = Buffer.from('one\ntwo and more\nthree\n');
    fs.maxWriteBytes = 8;
    const offset = await log.append(bytes, 0);
    expect(offset).toBe(8);
    await fs.remove(path.join(directory, 'app.log'));
    clock.ms = 1_000;
    let next = offset;
    while (next < bytes.length) next = await log.append(bytes, next);
    expect(files()).toEqual({ 'app.log': 'two and more\nthree\n' });
  });

  test('rotated at the same time is not rotated again', async () => {
    const { log, fs, directory, files } = await open({});
    const file = path.join(directory, 'app.log');
    await write(log, '123456789\n');
    await fs.rename(file, `${file}.1`);
    writeFileSync(file, '');
    await write(log, 'new\n');
    expect(files()).toEqual({ 'app.log': 'new\n', 'app.log.1': '123456789\n' });
  });

  test('emptied is written from its start, and rotated only at its full size', async () => {
    const { log, clock, directory, files } = await open({});
    await write(log, '123456789\n');
    writeFileSync(path.join(directory, 'app.log'), '');
    clock.ms = 1_000;
    await write(log, '12345678\n');
    expect(files()).toEqual({ 'app.log': '12345678\n' });
  });
});
