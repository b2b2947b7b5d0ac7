import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ConsoleSink } from '../../../supervisor/log/console-sink.ts';

const batch = (text: string) => ({ lines: text.split('\n').length - 1, bytes: Buffer.from(text), records: [] });
const plain = Promise.resolve(({ bytes }: { bytes: Buffer }) => bytes);
const failure = (code: string) => Object.assign(new Error(code), { code });

function open(put: (bytes: Buffer, offset: number) => Promise<number>, bound?: number) {
  const gone: string[] = [];
  const onGone = () => gone.push('gone');
  return { gone, sink: new ConsoleSink({ put, onGone, render: plain, ...(bound === undefined ? {} : { bound }) }) };
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

test('tries again when a non-blocking pipe is full', async () => {
  let shown = '';
  let calls = 0;
  const { sink, gone } = open(async (bytes, offset) => {
    if (++calls < 4) throw failure('EAGAIN');
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
    let shown = '';
    let goOn = () => {};
    const stalled = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const { sink } = open(async (bytes, offset) => {
      await stalled;
      shown += bytes.subarray(offset);
      return bytes.length - offset;
    }, 40);
    sink.write(batch('first\n'));
    await delay(5);
    for (let line = 10; line < 30; line++) sink.write(batch(`line ${line}\n`));
    goOn();
    await sink.close();
    const lines = shown.trimEnd().split('\n');
    expect(lines.slice(0, 6)).toEqual(['first', 'line 10', 'line 11', 'line 12', 'line 13', 'line 14']);
    expect(lines[6]).toMatch(/\[WARNING\] \[Supervisor\]: Console did not keep up: 15 lines are not shown here/);
    expect(lines).toHaveLength(7);
  });

  test('does not hold up the end for longer than a second', async () => {
    const { sink } = open(() => new Promise(() => {}));
    sink.write(batch('one\n'));
    const start = performance.now();
    await sink.close();
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
