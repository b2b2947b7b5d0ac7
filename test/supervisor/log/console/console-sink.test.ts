import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ConsoleSink, type ConsoleSinkOptions } from '../../../../supervisor/log/console/console-sink.ts';

const batch = (text: string) => ({ lines: text.split('\n').length - 1, bytes: Buffer.from(text), records: [] });
const plain = Promise.resolve(({ bytes }: { bytes: Buffer }) => bytes);
const failure = (code: string) => Object.assign(new Error(code), { code });

function open(write: (bytes: Buffer, offset: number) => Promise<number>, more: Partial<ConsoleSinkOptions> = {}) {
  const gone: string[] = [];
  const onClosed = () => gone.push('gone');
  return { gone, sink: new ConsoleSink({ write, onClosed, render: plain, ...more }) };
}

/** A reader that takes nothing until it goes on, and then all. */
function stalled() {
  let goOn = () => {};
  const wentOn = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const reader = {
    shown: '',
    goOn,
    put: async (bytes: Buffer, offset: number) => {
      await wentOn;
      reader.shown += bytes.subarray(offset);
      return bytes.length - offset;
    },
  };
  return reader;
}

test('shows every batch in order, also when only some bytes are taken at once', async () => {
  let shown = '';
  const { sink } = open(async (bytes, offset) => {
    shown += bytes.subarray(offset, offset + 3);
    return Math.min(3, bytes.length - offset);
  });
  for (const text of ['one\n', 'two\n', 'three\n']) sink.write(batch(text));
  await sink.close();
  expect(shown).toBe('one\ntwo\nthree\n');
});

test.each(['EAGAIN', 'ENOSPC'])('tries again after %s', async (code) => {
  let shown = '';
  let calls = 0;
  const { sink, gone } = open(async (bytes, offset) => {
    if (++calls < 3) throw failure(code);
    shown += bytes.subarray(offset);
    return bytes.length - offset;
  });
  sink.write(batch('one\n'));
  await sink.close();
  expect(shown).toBe('one\n');
  expect(gone).toEqual([]);
});

test.each(['EPIPE', 'EIO', 'EBADF'])('%s is the end of the console, told once', async (code) => {
  const { sink, gone } = open(async () => {
    throw failure(code);
  });
  sink.write(batch('one\n'));
  await delay(5);
  sink.write(batch('two\n'));
  await sink.close();
  expect(gone).toEqual(['gone']);
});

describe('a reader that stalls', () => {
  test('misses as many lines as it is told', async () => {
    const reader = stalled();
    const { sink } = open(reader.put, { maxBytes: 40 });
    sink.write(batch('first\n'));
    await delay(5);
    for (let line = 10; line < 30; line++) sink.write(batch(`line ${line}\n`));
    reader.goOn();
    await sink.close();
    const lines = reader.shown.trimEnd().split('\n');
    expect(lines.slice(0, 6)).toEqual(['first', 'line 10', 'line 11', 'line 12', 'line 13', 'line 14']);
    expect(lines[6]).toMatch(/\[WARNING\] \[Supervisor\]: Console did not keep up: 15 lines are not shown here/);
    expect(lines).toHaveLength(7);
  });

  test('presses once and misses nothing; the pressure is off once it has taken most', async () => {
    const reader = stalled();
    const told: [boolean, number][] = [];
    const { sink } = open(reader.put, { onPressure: (isHigh) => told.push([isHigh, reader.shown.length]) });
    const line = batch(`${'x'.repeat(9_999)}\n`);
    sink.write(line);
    await delay(5);
    for (let written = 0; written < 104; written++) sink.write(line);
    expect(told).toEqual([]);
    for (let written = 0; written < 95; written++) sink.write(line);
    expect(told).toEqual([[true, 0]]);
    reader.goOn();
    await sink.close();
    expect(reader.shown).toHaveLength(2_000_000);
    expect(told).toEqual([
      [true, 0],
      [false, expect.any(Number)],
    ]);
    expect(told[1]?.[1]).toBeGreaterThan(1_500_000);
    expect(told[1]?.[1]).toBeLessThan(2_000_000);
  });

  test('is given its last lines as long as it takes some of them', async () => {
    let shown = 0;
    const { sink } = open(async (bytes, offset) => {
      await delay(600);
      const taken = Math.min(4, bytes.length - offset);
      shown += taken;
      return taken;
    });
    sink.write(batch('one\ntwo\nthree\n'));
    await sink.close();
    expect(shown).toBe(14);
  });

  test('does not hold up the end for longer than a second', async () => {
    const { sink } = open(() => new Promise(() => {}));
    sink.write(batch('one\n'));
    const start = performance.now();
    await sink.close();
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('a full disk under the console', () => {
  /** A disk that is full until it is freed, and then takes all. */
  function fullDisk(code: string) {
    const disk = {
      shown: '',
      isFull: true,
      put: async (bytes: Buffer, offset: number) => {
        if (disk.isFull) throw failure(code);
        disk.shown += bytes.subarray(offset);
        return bytes.length - offset;
      },
    };
    return disk;
  }

  const line = batch(`${'x'.repeat(9_999)}\n`);
  const MORE_THAN_HIGH = 200;

  test.each(['ENOSPC', 'EDQUOT'])(
    '%s does not hold up the writers, and all is shown once there is room',
    async (code) => {
      const disk = fullDisk(code);
      const reported: [boolean, boolean][] = [];
      const { sink, gone } = open(disk.put, { onPressure: (isHigh) => reported.push([isHigh, disk.isFull]) });
      for (let written = 0; written < MORE_THAN_HIGH; written++) sink.write(line);
      expect(reported).toEqual([[true, true]]);
      await sink.drained();
      for (let written = 0; written < MORE_THAN_HIGH; written++) sink.write(line);
      await sink.drained();
      // Pressed before the first refusal, released by it, and not pressed again while the disk is full.
      expect(reported).toEqual([
        [true, true],
        [false, true],
      ]);
      disk.isFull = false;
      await sink.close();
      expect(disk.shown).toHaveLength(2 * MORE_THAN_HIGH * line.bytes.length);
      expect(reported.slice(2).every(([, isFull]) => !isFull)).toBe(true);
      expect(reported.at(-1)?.[0]).toBe(false);
      expect(gone).toEqual([]);
    },
  );

  test('what does not fit is counted, and what follows is shown', async () => {
    const disk = fullDisk('ENOSPC');
    const { sink } = open(disk.put, { onPressure: () => {}, maxBytes: 40 });
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

  test('pressure is applied again when the disk has room but does not keep up', async () => {
    const disk = fullDisk('ENOSPC');
    const reader = stalled();
    const reported: boolean[] = [];
    const put = (bytes: Buffer, offset: number) => (disk.isFull ? disk.put : reader.put)(bytes, offset);
    const { sink } = open(put, { onPressure: (isHigh) => reported.push(isHigh) });
    sink.write(line);
    await sink.drained();
    for (let written = 0; written < MORE_THAN_HIGH; written++) sink.write(line);
    expect(reported).toEqual([]);
    disk.isFull = false;
    reader.goOn();
    await sink.close();
    expect(reported).toEqual([true, false]);
    expect(reader.shown).toHaveLength((MORE_THAN_HIGH + 1) * line.bytes.length);
  });
});
