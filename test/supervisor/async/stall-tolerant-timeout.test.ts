import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StallTolerantTimeout } from '../../../supervisor/async/stall-tolerant-timeout.ts';
import { block } from '../../tools/block.ts';
import { pipe } from '../../tools/pipe.ts';

describe('a deadline', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('comes in its time, and once', () => {
    const act = vi.fn();
    new StallTolerantTimeout(500, act);
    vi.advanceTimersByTime(499);
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    expect(act).toHaveBeenCalledOnce();
  });

  test('cancelled does not come, not even once its timer has run out', () => {
    const act = vi.fn();
    const deadline = new StallTolerantTimeout(500, act);
    vi.advanceTimersToNextTimer();
    deadline.cancel();
    vi.advanceTimersByTime(10_000);
    expect(act).not.toHaveBeenCalled();
  });
});

test.each([
  { blocked: 20, told: 'a little late' },
  { blocked: 400, told: 'long after' },
])('the messages of a time in which nothing could be read come before it, $told', async ({ blocked }) => {
  const [here, there] = await pipe();
  const order: string[] = [];
  const done = new Promise<void>((resolve) => {
    here.once('data', () => {
      order.push('first message');
      // As an end comes: by the turns of the event loop that it takes.
      setImmediate(() => setImmediate(() => order.push('what follows from it')));
    });
    new StallTolerantTimeout(10, () => {
      order.push('deadline');
      resolve();
    });
  });
  there.write('a message');
  block(blocked);
  await done;
  expect(order[0]).toBe('first message');
  if (blocked > 100) expect(order).toEqual(['first message', 'what follows from it', 'deadline']);
});
