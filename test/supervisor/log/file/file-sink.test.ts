import { describe, expect, test } from 'vitest';
import { FileSink } from '../../../../supervisor/log/file/file-sink.ts';
import { block } from '../../../tools/block.ts';
import { FaultyDisk } from '../../../tools/faulty-disk.ts';
import { recordedNotifications } from '../../../tools/recorded-notifications.ts';

const batch = (text: string) => ({ lines: text.split('\n').length - 1, bytes: Buffer.from(text), records: [] });

async function open(disk: FaultyDisk, bound = 32 * 1_048_576, onPressure = (_isHigh: boolean) => {}) {
  const { told, notify, recovered } = recordedNotifications();
  const sink = await FileSink.open({ open: disk.open, notify, retryMs: 1, bound, onPressure });
  return { sink, told, recovered };
}

test('writes every batch in order, and what comes in one turn with one call', async () => {
  const disk = new FaultyDisk();
  const { sink, told } = await open(disk);
  for (let line = 0; line < 1_000; line++) sink.write(batch(`line ${line}\n`));
  await sink.flushed();
  expect(disk.text).toBe(Array.from({ length: 1_000 }, (_, line) => `line ${line}\n`).join(''));
  expect(disk.calls).toBe(1);
  expect(told).toEqual([]);
});

test('goes on where a short write stopped', async () => {
  const disk = new FaultyDisk();
  disk.most = 3;
  const { sink } = await open(disk);
  sink.write(batch('one\ntwo €\n'));
  await sink.flushed();
  expect(disk.text).toBe('one\ntwo €\n');
});

test('flushed waits for what was handed over before, not for what comes after', async () => {
  const disk = new FaultyDisk();
  const { sink } = await open(disk);
  sink.write(batch('one\n'));
  const flushed = sink.flushed();
  const endless = setInterval(() => sink.write(batch('more\n')), 0);
  await flushed;
  clearInterval(endless);
  expect(disk.text.startsWith('one\n')).toBe(true);
});

describe('a full disk', () => {
  test('loses nothing while the lines fit into memory, and says so once each way', async () => {
    const disk = new FaultyDisk();
    const { sink, told, recovered } = await open(disk);
    disk.fail('ENOSPC: no space left on device', 20);
    sink.write(batch('one\n'));
    await disk.failedOnce;
    sink.write(batch('two\n'));
    await recovered;
    expect(disk.text).toBe('one\ntwo\n');
    expect(told).toEqual([
      'WARNING Log file cannot be written, keeping lines and trying again: ENOSPC: no space left on device',
      'INFO Log file is written again, no line was lost',
    ]);
  });

  test('tells as many lost lines as are missing', async () => {
    const disk = new FaultyDisk();
    const { sink, told, recovered } = await open(disk, 100);
    disk.fail('ENOSPC', 20);
    sink.write(batch('first\n'));
    await disk.failedOnce;
    for (let line = 100; line < 200; line++) sink.write(batch(`line ${line}\n`));
    await recovered;
    const written = disk.text.split('\n').length - 1;
    expect(written).toBe(12);
    expect(told.at(-1)).toBe(`ERROR Log file is written again, ${101 - written} lines were lost`);
  });

  test('does not hold up who waits for the file', async () => {
    const disk = new FaultyDisk();
    const { sink } = await open(disk);
    disk.fail('EIO', Number.POSITIVE_INFINITY);
    sink.write(batch('one\n'));
    await sink.flushed();
    expect(disk.text).toBe('');
    disk.recover();
    expect(await sink.close()).toBe(0);
    expect(disk.text).toBe('one\n');
  });

  test('holds up who waits until all is written', async () => {
    const disk = new FaultyDisk();
    const { sink, told } = await open(disk);
    disk.fail('ENOSPC: no space left on device', 20);
    sink.write(batch('one\n'));
    await disk.failedOnce;
    sink.write(batch('two\n'));
    await sink.drained();
    expect(disk.text).toBe('one\ntwo\n');
    expect(told).toHaveLength(2);
    await sink.drained();
  });

  test('in the middle of a line leaves the line whole', async () => {
    const disk = new FaultyDisk();
    const { sink, recovered } = await open(disk);
    disk.most = 5;
    disk.failAfter(1, 'ENOSPC', 3);
    sink.write(batch('one two three\n'));
    await recovered;
    expect(disk.text).toBe('one two three\n');
  });

  test('at the end is given up after two seconds, and every line that is not in the file is counted', async () => {
    const disk = new FaultyDisk();
    const { sink } = await open(disk, 20);
    disk.most = 6;
    disk.failAfter(1, 'EIO', Number.POSITIVE_INFINITY);
    sink.write(batch('one\ntwo\nthree\n'));
    await disk.failedOnce;
    sink.write(batch('four\nfive\n'));
    sink.write(batch('this one is refused\n'));
    expect(await sink.close()).toBe(5);
    expect(disk.text).toBe('one\n');
  });

  test('at the end, with room left for one line, ends with how many are missing, and with no half line', async () => {
    const disk = new FaultyDisk();
    const { sink } = await open(disk, 20);
    disk.most = 6;
    disk.failAfter(1, 'EIO', Number.POSITIVE_INFINITY);
    sink.write(batch('one\ntwo\nthree\n'));
    await disk.failedOnce;
    const missing = sink.close();
    disk.isRecoveredBy = () => disk.text === 'one\n';
    expect(await missing).toBe(2);
    expect(disk.text).toMatch(/^one\n\S+ \[ERROR\] \[Supervisor\]: Log file did not take its last 2 lines: .*\n$/);
  });
});

describe('a file that is slow', () => {
  const megabyte = batch(`${'x'.repeat(1_048_575)}\n`);

  test('holds the services up while more than four megabytes wait, and lets them go on at one', async () => {
    const disk = new FaultyDisk();
    const pressure: boolean[] = [];
    const { sink } = await open(disk, 100 * 1_048_576, (isHigh) => pressure.push(isHigh));
    disk.isFull = true;
    for (let count = 0; count < 4; count++) sink.write(megabyte);
    expect(pressure).toEqual([]);
    sink.write(megabyte);
    expect(pressure).toEqual([true]);
    disk.isFull = false;
    await sink.drained();
    expect(pressure).toEqual([true, false]);
    expect(await sink.close()).toBe(0);
  });

  test('holds up nobody who waits for it for more than 0.7 s', async () => {
    const disk = new FaultyDisk();
    const { sink } = await open(disk);
    disk.isFull = true;
    sink.write(batch('one\n'));
    await sink.flushed();
    expect(disk.text).toBe('');
    disk.isFull = false;
    await sink.drained();
    expect(disk.text).toBe('one\n');
  });

  test('a disk that refuses holds nobody up: it may take hours until there is room', async () => {
    const disk = new FaultyDisk();
    const pressure: boolean[] = [];
    const { sink } = await open(disk, 100 * 1_048_576, (isHigh) => pressure.push(isHigh));
    disk.fail('ENOSPC', Number.POSITIVE_INFINITY);
    for (let count = 0; count < 6; count++) sink.write(megabyte);
    expect(pressure).toEqual([true]);
    await disk.failedOnce;
    await expect.poll(() => pressure).toEqual([true, false]);
    for (let count = 0; count < 6; count++) sink.write(megabyte);
    expect(pressure).toEqual([true, false]);
    disk.recover();
    expect(await sink.close()).toBe(0);
  });

  test('at the end is not waited for for ever, and every line that is not in the file is counted', async () => {
    const disk = new FaultyDisk();
    const { sink } = await open(disk);
    disk.isFull = true;
    sink.write(batch('one\ntwo\n'));
    sink.write(batch('three\n'));
    expect(await sink.close()).toBe(3);
    expect(disk.text).toBe('');
  });
});

test('a standstill at the end costs no line of a disk that takes all', async () => {
  const disk = new FaultyDisk();
  disk.most = 1;
  const { sink } = await open(disk);
  sink.write(batch('one\ntwo\n'));
  const missing = sink.close();
  block(2_300);
  expect(await missing).toBe(0);
  expect(disk.text).toBe('one\ntwo\n');
});

test('what was refused already counts at the end too', async () => {
  const disk = new FaultyDisk();
  const { sink } = await open(disk, 20);
  disk.fail('EIO', 1);
  sink.write(batch('one\n'));
  await disk.failedOnce;
  sink.write(batch('two\nthree\n'));
  sink.write(batch('this one is refused\n'));
  disk.failAfter(1, 'EIO', Number.POSITIVE_INFINITY);
  await disk.failedOnce;
  expect(await sink.close()).toBe(3);
  expect(disk.text).toBe('one\n');
});

test('a disk that is too slow costs lines past the bound, and as many are told', async () => {
  const disk = new FaultyDisk();
  const { sink, told } = await open(disk, 100);
  for (let line = 100; line < 200; line++) sink.write(batch(`line ${line}\n`));
  await sink.flushed();
  expect(disk.text.split('\n').length - 1).toBe(11);
  expect(told).toEqual(['ERROR Log file did not keep up, 89 lines were lost']);
});

describe('reopening', () => {
  test('puts every line into one of the files, whole and once', async () => {
    const disk = new FaultyDisk();
    const { sink, told } = await open(disk);
    let expected = '';
    for (let line = 0; line < 500; line++) {
      expected += `line ${line}\n`;
      sink.write(batch(`line ${line}\n`));
      if (line % 10 === 0) {
        sink.reopen();
        await sink.flushed();
      }
    }
    await sink.flushed();
    expect(disk.files.length).toBeGreaterThan(40);
    expect(disk.text).toBe(expected);
    for (const file of disk.files) expect(file.text === '' || file.text.endsWith('\n')).toBe(true);
    expect(disk.files.slice(0, -1).every((file) => file.isClosed)).toBe(true);
    expect(new Set(told)).toEqual(new Set(['INFO Log file reopened']));
  });

  test('works with nothing to write', async () => {
    const disk = new FaultyDisk();
    const { sink } = await open(disk);
    sink.reopen();
    await sink.close();
    expect(disk.files).toHaveLength(2);
  });

  test('that fails goes on with the old file', async () => {
    const disk = new FaultyDisk();
    const { sink, told } = await open(disk);
    disk.refuseToOpen = 'EACCES: permission denied';
    sink.reopen();
    sink.write(batch('one\n'));
    await sink.flushed();
    expect(disk.files).toHaveLength(1);
    expect(disk.text).toBe('one\n');
    expect(told).toEqual(['WARNING Log file cannot be reopened, writing on to the old one: EACCES: permission denied']);
  });

  test('while the disk refuses in the middle of a line writes that line anew', async () => {
    const disk = new FaultyDisk();
    const { sink, recovered } = await open(disk);
    disk.most = 6;
    disk.failAfter(1, 'ENOSPC', 50);
    sink.write(batch('one\ntwo\n'));
    await disk.failedOnce;
    sink.reopen();
    await recovered;
    expect(disk.files.map(({ text }) => text)).toEqual(['one\ntw', 'two\n']);
  });
});
