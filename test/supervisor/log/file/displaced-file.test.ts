import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRotating as open, write } from '../../../tools/rotating-log.ts';

describe('a log file that somebody else', () => {
  test.each(['moved', 'removed'] as const)('%s is begun anew within a second', async (what) => {
    const { log, disk, told, clock, directory, files } = await open({ maxSize: 0 });
    const file = path.join(directory, 'app.log');
    await write(log, 'old\n');
    if (what === 'moved') await disk.rename(file, `${file}.old`);
    else await disk.remove(file);
    clock.ms = 999;
    await write(log, 'late\n');
    expect(existsSync(file)).toBe(false);
    clock.ms = 1_000;
    await write(log, 'new\n');
    const old = what === 'moved' ? { 'app.log.old': 'old\nlate\n' } : {};
    expect(files()).toEqual({ 'app.log': 'new\n', ...old });
    expect(told).toEqual([`WARNING Log file was ${what} by somebody, a new one is begun`]);
  });

  test('moved, and no new one can be opened: the old one is written on', async () => {
    const { log, disk, told, clock, directory, files } = await open({});
    const file = path.join(directory, 'app.log');
    await write(log, '123456789\n');
    await disk.rename(file, `${file}.1`);
    writeFileSync(file, "somebody's\n");
    disk.fail('open', 'EACCES: permission denied');
    for (clock.ms = 0; clock.ms < 3_000; clock.ms += 100) await write(log, 'more\n');
    expect(files()).toEqual({ 'app.log': "somebody's\n", 'app.log.1': `123456789\n${'more\n'.repeat(30)}` });
    expect(told).toEqual([expect.stringMatching(/^WARNING Log file was moved and cannot be opened anew/)]);
  });

  test('removed, and no new one can be opened: the lines are refused until it can', async () => {
    const { log, disk, clock, directory, files } = await open({});
    await write(log, 'old\n');
    await disk.remove(path.join(directory, 'app.log'));
    disk.fail('open', 'EROFS: read-only file system');
    clock.ms = 1_000;
    for (let tries = 0; tries < 3; tries++) await expect(write(log, 'new\n')).rejects.toThrow('EROFS');
    disk.mend();
    await write(log, 'new\n');
    expect(files()).toEqual({ 'app.log': 'new\n' });
  });

  test('removed in the middle of a line gets that line whole', async () => {
    const { log, disk, clock, directory, files } = await open({ maxSize: 0 });
    const bytes = Buffer.from('one\ntwo and more\nthree\n');
    disk.most = 8;
    const offset = await log.append(bytes, 0);
    expect(offset).toBe(8);
    await disk.remove(path.join(directory, 'app.log'));
    clock.ms = 1_000;
    let next = offset;
    while (next < bytes.length) next = await log.append(bytes, next);
    expect(files()).toEqual({ 'app.log': 'two and more\nthree\n' });
  });

  test('rotated too, at the same time, is not rotated twice', async () => {
    const { log, disk, directory, files } = await open({});
    const file = path.join(directory, 'app.log');
    await write(log, '123456789\n');
    await disk.rename(file, `${file}.1`);
    writeFileSync(file, '');
    await write(log, 'new\n');
    expect(files()).toEqual({ 'app.log': 'new\n', 'app.log.1': '123456789\n' });
  });

  test('emptied is written from its start, and has its full size before it is rotated', async () => {
    const { log, clock, directory, files } = await open({});
    await write(log, '123456789\n');
    writeFileSync(path.join(directory, 'app.log'), '');
    clock.ms = 1_000;
    await write(log, '12345678\n');
    expect(files()).toEqual({ 'app.log': '12345678\n' });
  });
});
