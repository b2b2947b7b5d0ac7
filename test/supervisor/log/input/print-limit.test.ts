import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MAX_PRINTED_BYTES, PrintLimit } from '../../../../supervisor/log/input/print-limit.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const calls: string[] = [];
  const stream = (name: string) =>
    ({
      pause: () => calls.push(`pause ${name}`),
      resume: () => calls.push(`resume ${name}`),
    }) as unknown as NodeJS.ReadableStream;
  const onExceeded = vi.fn();
  const limit = new PrintLimit([stream('stdout'), stream('stderr')], onExceeded);
  let printed = 0;
  const print = (bytes: number) => {
    printed += bytes;
    limit.check(printed);
  };
  return { calls, limit, onExceeded, print };
}

const PAUSED = ['pause stdout', 'pause stderr'];
const RESUMED = ['resume stdout', 'resume stderr'];

test('what stays within the limit of a second is read at once', () => {
  const { calls, onExceeded, print } = setUp();
  for (let second = 0; second < 5; second++) {
    print(MAX_PRINTED_BYTES / 2);
    vi.advanceTimersByTime(400);
    print(MAX_PRINTED_BYTES / 2);
    vi.advanceTimersByTime(600);
  }
  expect(calls).toEqual([]);
  expect(onExceeded).not.toHaveBeenCalled();
});

test('over the limit neither stream is read until the second is over', () => {
  const { calls, print } = setUp();
  vi.advanceTimersByTime(300);
  print(MAX_PRINTED_BYTES + 1);
  expect(calls).toEqual(PAUSED);
  vi.advanceTimersByTime(699);
  expect(calls).toEqual(PAUSED);
  vi.advanceTimersByTime(1);
  expect(calls).toEqual([...PAUSED, ...RESUMED]);
});

test('each second is counted from zero', () => {
  const { calls, print } = setUp();
  print(MAX_PRINTED_BYTES + 1);
  vi.advanceTimersByTime(1_000);
  calls.length = 0;
  print(MAX_PRINTED_BYTES);
  expect(calls).toEqual([]);
  print(1);
  expect(calls).toEqual(PAUSED);
});

test('an excess is reported once an episode, which ends after ten seconds below the limit', () => {
  const { onExceeded, print } = setUp();
  for (let second = 0; second < 30; second++) {
    print(2 * MAX_PRINTED_BYTES);
    vi.advanceTimersByTime(1_000);
  }
  expect(onExceeded).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(10_000);
  print(2 * MAX_PRINTED_BYTES);
  expect(onExceeded).toHaveBeenCalledTimes(2);
});

test('once it is lifted, everything left is read', () => {
  const { calls, limit, print } = setUp();
  print(2 * MAX_PRINTED_BYTES);
  limit.lift();
  expect(calls).toEqual([...PAUSED, ...RESUMED]);
  print(2 * MAX_PRINTED_BYTES);
  vi.advanceTimersByTime(10_000);
  expect(calls).toEqual([...PAUSED, ...RESUMED]);
});
