import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StallTolerantTimeout } from '../../../supervisor/async/stall-tolerant-timeout.ts';
import { block } from '../../tools/block.ts';
import { pipe } from '../../tools/pipe.ts';

describe('a timeout', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('fires on time, and once', () => {
    const callback = vi.fn();
    new StallTolerantTimeout(500, callback);
    vi.advanceTimersByTime(499);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    expect(callback).toHaveBeenCalledOnce();
  });

  test('that is cancelled does not fire, not even once its timer has', () => {
    const callback = vi.fn();
    const timeout = new StallTolerantTimeout(500, callback);
    vi.advanceTimersToNextTimer();
    timeout.cancel();
    vi.advanceTimersByTime(10_000);
    expect(callback).not.toHaveBeenCalled();
  });
});

test.each([
  { blocked: 20, lateness: 'a little late' },
  { blocked: 400, lateness: 'long after' },
])('messages that arrived while nothing could be read come before it, $lateness', async ({ blocked }) => {
  const [here, there] = await pipe();
  const order: string[] = [];
  const done = new Promise<void>((resolve) => {
    here.once('data', () => {
      order.push('first message');
      // As an exit is reported: several turns of the event loop later.
      setImmediate(() => setImmediate(() => order.push('what it causes')));
    });
    new StallTolerantTimeout(10, () => {
      order.push('timeout');
      resolve();
    });
  });
  there.write('a message');
  block(blocked);
  await done;
  expect(order[0]).toBe('first message');
  if (blocked > 100) expect(order).toEqual(['first message', 'what it causes', 'timeout']);
});
