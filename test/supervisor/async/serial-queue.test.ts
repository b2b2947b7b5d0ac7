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

const TIMEOUTS = { startTimeoutMs: 100, answerTimeoutMs: 300 };

function setUp() {
  const queue = new SerialQueue(TIMEOUTS);
  const started: string[] = [];
  const outcomes: Record<string, string> = {};
  const run = (name: string, takesMs: number) => {
    const task = async () => {
      started.push(name);
      await new Promise((resolve) => setTimeout(resolve, takesMs));
      return name;
    };
    void queue.run(task).then(({ kind }) => {
      outcomes[name] = kind;
    });
  };
  return { queue, started, outcomes, run };
}

test('tasks run one after another, in order', async () => {
  const { started, outcomes, run } = setUp();
  for (const name of ['a', 'b', 'c']) run(name, 30);
  await vi.advanceTimersByTimeAsync(29);
  expect(started).toEqual(['a']);
  await vi.advanceTimersByTimeAsync(40);
  expect(started).toEqual(['a', 'b', 'c']);
  await vi.advanceTimersByTimeAsync(30);
  expect(outcomes).toEqual({ a: 'done', b: 'done', c: 'done' });
});

test('a task whose turn does not come in time is never started, and its caller is answered at once', async () => {
  const { started, outcomes, run } = setUp();
  run('a', 150);
  run('b', 10);
  await vi.advanceTimersByTimeAsync(101);
  expect(outcomes).toEqual({ b: 'not-started' });
  run('c', 10);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(started).toEqual(['a', 'c']);
  expect(outcomes).toEqual({ a: 'done', b: 'not-started', c: 'done' });
});

test('a task that takes too long is reported as unfinished, and the next one waits for it', async () => {
  const { started, outcomes, run } = setUp();
  run('a', 1_000);
  await vi.advanceTimersByTimeAsync(301);
  expect(outcomes).toEqual({ a: 'unfinished' });
  await vi.advanceTimersByTimeAsync(650);
  run('b', 10);
  expect(started).toEqual(['a']);
  await vi.advanceTimersByTimeAsync(100);
  expect(outcomes).toEqual({ a: 'unfinished', b: 'done' });
});

test('a task that fails does not block the next one, and leaves no timer behind', async () => {
  const { queue, outcomes, run } = setUp();
  const failed = expect(queue.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  run('b', 0);
  await vi.advanceTimersByTimeAsync(1);
  await failed;
  expect(outcomes).toEqual({ b: 'done' });
  expect(vi.getTimerCount()).toBe(0);
});

test('results are not kept', async () => {
  vi.useRealTimers();
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const queue = new SerialQueue(TIMEOUTS);
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = used();
  for (let task = 0; task < 1_000; task++) await queue.run(async () => Array.from({ length: 10_000 }, () => task));
  // Together they are 80 MB.
  expect(used() - before).toBeLessThan(20_000_000);
});
