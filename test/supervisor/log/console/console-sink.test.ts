import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { ConsoleSink, type ConsoleSinkOptions } from '../../../../supervisor/log/console/console-sink.ts';

const batch = (text: string) => ({ lines: text.split('\n').length - 1, bytes: Buffer.from(text), records: [] });
const formatter = Promise.resolve(({ bytes }: { bytes: Buffer }) => bytes);
const failure = (code: string) => Object.assign(new Error(code), { code });

function open(write: (bytes: Buffer, offset: number) => Promise<number>, options: Partial<ConsoleSinkOptions> = {}) {
  const onClosed = vi.fn();
  return { onClosed, sink: new ConsoleSink({ write, onClosed, formatter, ...options }) };
}

/** A reader that takes nothing until it resumes, and then everything. */
function stalled() {
  let resume = () => {};
  const resumed = new Promise<void>((resolve) => {
    resume = resolve;
  });
  const reader = {
    shown: '',
    resume,
    write: async (bytes: Buffer, offset: number) => {
      await resumed;
      reader.shown += bytes.subarray(offset);
      return bytes.length - offset;
    },
  };
  return reader;
}

test('shows every batch in order, also with short writes', async () => {
  let shown = '';
  const { sink } = open(async (bytes, offset) => {
    shown += bytes.subarray(offset, offset + 3);
    return Math.min(3, bytes.length - offset);
  });
  for (const text of ['one\n', 'two\n', 'three\n']) sink.write(batch(text));
  await sink.close();
  expect(shown).toBe('one\ntwo\nthree\n');
});

test.each(['EAGAIN', 'ENOSPC'])('retries after %s', async (code) => {
  let shown = '';
  let calls = 0;
  const { sink, onClosed } = open(async (bytes, offset) => {
    if (++calls < 3) throw failure(code);
    shown += bytes.subarray(offset);
    return bytes.length - offset;
  });
  sink.write(batch('one\n'));
  await sink.close();
  expect(shown).toBe('one\n');
  expect(onClosed).not.toHaveBeenCalled();
});

test.each(['EPIPE', 'EIO', 'EBADF'])('%s closes the console, which is reported once', async (code) => {
  const { sink, onClosed } = open(async () => {
    throw failure(code);
  });
  sink.write(batch('one\n'));
  await delay(5);
  sink.write(batch('two\n'));
  await sink.close();
  expect(onClosed).toHaveBeenCalledOnce();
});

describe('a reader that stalls', () => {
  test('is shown how many lines it misses', async () => {
    const reader = stalled();
    const { sink } = open(reader.write, { maxBytes: 40 });
    sink.write(batch('first\n'));
    await delay(5);
    for (let line = 10; line < 30; line++) sink.write(batch(`line ${line}\n`));
    reader.resume();
    await sink.close();
    const lines = reader.shown.trimEnd().split('\n');
    expect(lines.slice(0, 6)).toEqual(['first', 'line 10', 'line 11', 'line 12', 'line 13', 'line 14']);
    expect(lines[6]).toMatch(/\[WARNING\] \[Supervisor\]: Console did not keep up: 15 lines are not shown here/);
    expect(lines).toHaveLength(7);
  });

  test('exerts pressure once, until it has taken most, and misses nothing', async () => {
    const reader = stalled();
    const reported: [boolean, number][] = [];
    const { sink } = open(reader.write, { onPressure: (isHigh) => reported.push([isHigh, reader.shown.length]) });
    const line = batch(`${'x'.repeat(9_999)}\n`);
    sink.write(line);
    await delay(5);
    for (let written = 0; written < 104; written++) sink.write(line);
    expect(reported).toEqual([]);
    for (let written = 0; written < 95; written++) sink.write(line);
    expect(reported).toEqual([[true, 0]]);
    reader.resume();
    await sink.close();
    expect(reader.shown).toHaveLength(2_000_000);
    expect(reported).toEqual([
      [true, 0],
      [false, expect.any(Number)],
    ]);
    expect(reported[1]?.[1]).toBeGreaterThan(1_500_000);
    expect(reported[1]?.[1]).toBeLessThan(2_000_000);
  });

  test('is waited for on close as long as it takes some of the last lines', async () => {
    let shown = 0;
    const { sink } = open(async (bytes, offset) => {
      await delay(600);
      const written = Math.min(4, bytes.length - offset);
      shown += written;
      return written;
    });
    sink.write(batch('one\ntwo\nthree\n'));
    await sink.close();
    expect(shown).toBe(14);
  });

  test('delays close by at most a second', async () => {
    const { sink } = open(() => new Promise(() => {}));
    sink.write(batch('one\n'));
    const start = performance.now();
    await sink.close();
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('a full disk under the console', () => {
  /** A disk that is full until `isFull` is false. */
  function fullDisk(code: string) {
    const disk = {
      shown: '',
      isFull: true,
      write: async (bytes: Buffer, offset: number) => {
        if (disk.isFull) throw failure(code);
        disk.shown += bytes.subarray(offset);
        return bytes.length - offset;
      },
    };
    return disk;
  }

  const line = batch(`${'x'.repeat(9_999)}\n`);
  const BATCHES_ABOVE_HIGH_MARK = 200;

  test.each(['ENOSPC', 'EDQUOT'])('%s exerts no pressure, and everything is shown once there is room', async (code) => {
    const disk = fullDisk(code);
    const reported: [boolean, boolean][] = [];
    const { sink, onClosed } = open(disk.write, { onPressure: (isHigh) => reported.push([isHigh, disk.isFull]) });
    for (let written = 0; written < BATCHES_ABOVE_HIGH_MARK; written++) sink.write(line);
    expect(reported).toEqual([[true, true]]);
    await sink.drained();
    for (let written = 0; written < BATCHES_ABOVE_HIGH_MARK; written++) sink.write(line);
    await sink.drained();
    // High before the first failure, low with it, and not high again while the disk is full.
    expect(reported).toEqual([
      [true, true],
      [false, true],
    ]);
    disk.isFull = false;
    await sink.close();
    expect(disk.shown).toHaveLength(2 * BATCHES_ABOVE_HIGH_MARK * line.bytes.length);
    expect(reported.slice(2).every(([, isFull]) => !isFull)).toBe(true);
    expect(reported.at(-1)?.[0]).toBe(false);
    expect(onClosed).not.toHaveBeenCalled();
  });

  test('what does not fit is dropped and counted, and what follows is shown', async () => {
    const disk = fullDisk('ENOSPC');
    const { sink } = open(disk.write, { onPressure: () => {}, maxBytes: 40 });
    sink.write(batch('first\n'));
    await sink.drained();
    for (let number = 10; number < 30; number++) sink.write(batch(`line ${number}\n`));
    disk.isFull = false;
    await expect.poll(() => disk.shown).toContain('are not shown here');
    sink.write(batch('last\n'));
    await sink.close();
    const lines = disk.shown.trimEnd().split('\n');
    expect(lines.slice(0, 6)).toEqual(['first', 'line 10', 'line 11', 'line 12', 'line 13', 'line 14']);
    expect(lines[6]).toMatch(/Console did not keep up: 15 lines are not shown here; the log file has them$/);
    expect(lines.slice(7)).toEqual(['last']);
  });

  test('exerts pressure again when it has room but does not keep up', async () => {
    const disk = fullDisk('ENOSPC');
    const reader = stalled();
    const reported: boolean[] = [];
    const write = (bytes: Buffer, offset: number) => (disk.isFull ? disk.write : reader.write)(bytes, offset);
    const { sink } = open(write, { onPressure: (isHigh) => reported.push(isHigh) });
    sink.write(line);
    await sink.drained();
    for (let written = 0; written < BATCHES_ABOVE_HIGH_MARK; written++) sink.write(line);
    expect(reported).toEqual([]);
    disk.isFull = false;
    reader.resume();
    await sink.close();
    expect(reported).toEqual([true, false]);
    expect(reader.shown).toHaveLength((BATCHES_ABOVE_HIGH_MARK + 1) * line.bytes.length);
  });
});
