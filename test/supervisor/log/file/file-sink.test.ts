import { describe, expect, test } from 'vitest';
import { FileSink } from '../../../../supervisor/log/file/file-sink.ts';
import { block } from '../../../tools/block.ts';
import { FaultyDisk } from '../../../tools/faulty-disk.ts';
import { recordedEvents } from '../../../tools/recorded-events.ts';

const batch = (text: string) => ({ lines: text.split('\n').length - 1, bytes: Buffer.from(text), records: [] });

async function open(disk: FaultyDisk, maxBytes = 32 * 1_048_576, onPressure = (_isHigh: boolean) => {}) {
  const { events, logEvent, recovered } = recordedEvents();
  const sink = await FileSink.open({ open: disk.open, logEvent, retryMs: 1, maxBytes, onPressure });
  return { sink, events, recovered };
}

test('writes every batch in order, and those of one turn with one system call', async () => {
  const disk = new FaultyDisk();
  const { sink, events } = await open(disk);
  for (let line = 0; line < 1_000; line++) sink.write(batch(`line ${line}\n`));
  await sink.flushed();
  expect(disk.text).toBe(Array.from({ length: 1_000 }, (_, line) => `line ${line}\n`).join(''));
  expect(disk.writes).toBe(1);
  expect(events).toEqual([]);
});

test('continues where a short write stopped', async () => {
  const disk = new FaultyDisk();
  disk.maxWriteBytes = 3;
  const { sink } = await open(disk);
  sink.write(batch('one\ntwo €\n'));
  await sink.flushed();
  expect(disk.text).toBe('one\ntwo €\n');
});

test('flushed waits for the batches accepted before, not for later ones', async () => {
  const disk = new FaultyDisk();
  const { sink } = await open(disk);
  sink.write(batch('one\n'));
  const flushed = sink.flushed();
  const interval = setInterval(() => sink.write(batch('more\n')), 0);
  await flushed;
  clearInterval(interval);
  expect(disk.text.startsWith('one\n')).toBe(true);
});

describe('a full disk', () => {
  test('loses nothing while the lines fit into memory, and logs each change once', async () => {
    const disk = new FaultyDisk();
    const { sink, events, recovered } = await open(disk);
    disk.fail('ENOSPC: no space left on device', 20);
    sink.write(batch('one\n'));
    await disk.failedOnce;
    sink.write(batch('two\n'));
    await recovered;
    expect(disk.text).toBe('one\ntwo\n');
    expect(events).toEqual([
      'WARNING Log file cannot be written, keeping lines and trying again: ENOSPC: no space left on device',
      'INFO Log file is written again, no line was lost',
    ]);
  });

  test('logs how many lines are missing', async () => {
    const disk = new FaultyDisk();
    const { sink, events, recovered } = await open(disk, 100);
    disk.fail('ENOSPC', 20);
    sink.write(batch('first\n'));
    await disk.failedOnce;
    for (let line = 100; line < 200; line++) sink.write(batch(`line ${line}\n`));
    await recovered;
    const written = disk.text.split('\n').length - 1;
    expect(written).toBe(12);
    expect(events.at(-1)).toBe(`ERROR Log file is written again, ${101 - written} lines were lost`);
  });

  test('does not delay a flush', async () => {
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

  test('delays a drain until everything is written', async () => {
    const disk = new FaultyDisk();
    const { sink, events } = await open(disk);
    disk.fail('ENOSPC: no space left on device', 20);
    sink.write(batch('one\n'));
    await disk.failedOnce;
    sink.write(batch('two\n'));
    await sink.drained();
    expect(disk.text).toBe('one\ntwo\n');
    expect(events).toHaveLength(2);
    await sink.drained();
  });

  test('in the middle of a line does not tear it', async () => {
    const disk = new FaultyDisk();
    const { sink, recovered } = await open(disk);
    disk.maxWriteBytes = 5;
    disk.failAfter(1, 'ENOSPC', 3);
    sink.write(batch('one two three\n'));
    await recovered;
    expect(disk.text).toBe('one two three\n');
  });

  test('is not waited for on close beyond two seconds, and every line that is not in the file is counted', async () => {
    const disk = new FaultyDisk();
    const { sink } = await open(disk, 20);
    disk.maxWriteBytes = 6;
    disk.failAfter(1, 'EIO', Number.POSITIVE_INFINITY);
    sink.write(batch('one\ntwo\nthree\n'));
    await disk.failedOnce;
    sink.write(batch('four\nfive\n'));
    sink.write(batch('this one is dropped\n'));
    expect(await sink.close()).toBe(5);
    expect(disk.text).toBe('one\n');
  });

  test('with room for one line on close, the file ends with how many are missing, and with no part of a line', async () => {
    const disk = new FaultyDisk();
    const { sink } = await open(disk, 20);
    disk.maxWriteBytes = 6;
    disk.failAfter(1, 'EIO', Number.POSITIVE_INFINITY);
    sink.write(batch('one\ntwo\nthree\n'));
    await disk.failedOnce;
    const missing = sink.close();
    disk.isRecoveredBy = () => disk.text === 'one\n';
    expect(await missing).toBe(2);
    expect(disk.text).toMatch(
      /^one\n\S+ \[ERROR\] \[Supervisor\]: The last 2 lines could not be written and are missing here\n$/,
    );
  });
});

describe('a file that is slow', () => {
  const megabyte = batch(`${'x'.repeat(1_048_575)}\n`);

  test('exerts pressure above four megabytes, until one is left', async () => {
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

  test('delays a flush by at most 0.7 s', async () => {
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

  test('exerts no pressure once writes fail: it may take hours until there is room', async () => {
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

  test('is not waited for on close forever, and every line that is not in the file is counted', async () => {
    const disk = new FaultyDisk();
    const { sink } = await open(disk);
    disk.isFull = true;
    sink.write(batch('one\ntwo\n'));
    sink.write(batch('three\n'));
    expect(await sink.close()).toBe(3);
    expect(disk.text).toBe('');
  });
});

test('a stall on close loses no line when the disk takes them all', async () => {
  const disk = new FaultyDisk();
  disk.maxWriteBytes = 1;
  const { sink } = await open(disk);
  sink.write(batch('one\ntwo\n'));
  const missing = sink.close();
  block(2_300);
  expect(await missing).toBe(0);
  expect(disk.text).toBe('one\ntwo\n');
});

test('lines dropped before are counted on close too', async () => {
  const disk = new FaultyDisk();
  const { sink } = await open(disk, 20);
  disk.fail('EIO', 1);
  sink.write(batch('one\n'));
  await disk.failedOnce;
  sink.write(batch('two\nthree\n'));
  sink.write(batch('this one is dropped\n'));
  disk.failAfter(1, 'EIO', Number.POSITIVE_INFINITY);
  await disk.failedOnce;
  expect(await sink.close()).toBe(3);
  expect(disk.text).toBe('one\n');
});

test('a disk that is too slow loses the lines above the bound, and their number is logged', async () => {
  const disk = new FaultyDisk();
  const { sink, events } = await open(disk, 100);
  for (let line = 100; line < 200; line++) sink.write(batch(`line ${line}\n`));
  await sink.flushed();
  expect(disk.text.split('\n').length - 1).toBe(11);
  expect(events).toEqual(['ERROR Log file did not keep up, 89 lines were lost']);
});

describe('reopening', () => {
  test('puts every line into one of the files, whole and once', async () => {
    const disk = new FaultyDisk();
    const { sink, events } = await open(disk);
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
    expect(new Set(events)).toEqual(new Set(['INFO Log file reopened']));
  });

  test('works with nothing to write', async () => {
    const disk = new FaultyDisk();
    const { sink } = await open(disk);
    sink.reopen();
    await sink.close();
    expect(disk.files).toHaveLength(2);
  });

  test('that fails keeps the old file', async () => {
    const disk = new FaultyDisk();
    const { sink, events } = await open(disk);
    disk.openError = 'EACCES: permission denied';
    sink.reopen();
    sink.write(batch('one\n'));
    await sink.flushed();
    expect(disk.files).toHaveLength(1);
    expect(disk.text).toBe('one\n');
    expect(events).toEqual([
      'WARNING Log file cannot be reopened, still writing to the old one: EACCES: permission denied',
    ]);
  });

  test('while writes fail in the middle of a line writes that line again', async () => {
    const disk = new FaultyDisk();
    const { sink, recovered } = await open(disk);
    disk.maxWriteBytes = 6;
    disk.failAfter(1, 'ENOSPC', 50);
    sink.write(batch('one\ntwo\n'));
    await disk.failedOnce;
    sink.reopen();
    await recovered;
    expect(disk.files.map(({ text }) => text)).toEqual(['one\ntw', 'two\n']);
  });
});
