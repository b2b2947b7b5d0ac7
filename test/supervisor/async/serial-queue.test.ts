import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SerialQueue } from '../../../supervisor/async/serial-queue.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const DEADLINES = { startTimeoutMs: 100, answerTimeoutMs: 300 };

function setUp() {
  const queue = new SerialQueue(DEADLINES);
  const begun: string[] = [];
  const told: Record<string, string> = {};
  const ask = (name: string, takesMs: number) => {
    const task = async () => {
      begun.push(name);
      await new Promise((resolve) => setTimeout(resolve, takesMs));
      return name;
    };
    void queue.run(task).then(({ kind }) => {
      told[name] = kind;
    });
  };
  return { queue, begun, told, ask };
}

test('tasks are done one after the other, in their order', async () => {
  const { begun, told, ask } = setUp();
  for (const name of ['a', 'b', 'c']) ask(name, 30);
  await vi.advanceTimersByTimeAsync(29);
  expect(begun).toEqual(['a']);
  await vi.advanceTimersByTimeAsync(40);
  expect(begun).toEqual(['a', 'b', 'c']);
  await vi.advanceTimersByTimeAsync(30);
  expect(told).toEqual({ a: 'done', b: 'done', c: 'done' });
});

test('one whose turn does not come in time is never begun, and says so at once', async () => {
  const { begun, told, ask } = setUp();
  ask('a', 150);
  ask('b', 10);
  await vi.advanceTimersByTimeAsync(101);
  expect(told).toEqual({ b: 'not-begun' });
  ask('c', 10);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(begun).toEqual(['a', 'c']);
  expect(told).toEqual({ a: 'done', b: 'not-begun', c: 'done' });
});

test('one that takes too long is told as unfinished, and the next waits for its end', async () => {
  const { begun, told, ask } = setUp();
  ask('a', 1_000);
  await vi.advanceTimersByTimeAsync(301);
  expect(told).toEqual({ a: 'unfinished' });
  await vi.advanceTimersByTimeAsync(650);
  ask('b', 10);
  expect(begun).toEqual(['a']);
  await vi.advanceTimersByTimeAsync(100);
  expect(told).toEqual({ a: 'unfinished', b: 'done' });
});

test('one that fails keeps nobody waiting, and leaves no timer behind', async () => {
  const { queue, told, ask } = setUp();
  const failed = expect(queue.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  ask('b', 0);
  await vi.advanceTimersByTimeAsync(1);
  await failed;
  expect(told).toEqual({ b: 'done' });
  expect(vi.getTimerCount()).toBe(0);
});

test('of what is done nothing is kept', async () => {
  vi.useRealTimers();
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const queue = new SerialQueue(DEADLINES);
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = used();
  for (let task = 0; task < 1_000; task++) await queue.run(async () => Array.from({ length: 10_000 }, () => task));
  // Kept, they would be 80 MB.
  expect(used() - before).toBeLessThan(20_000_000);
});
