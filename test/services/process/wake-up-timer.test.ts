import { once } from 'node:events';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WakeUpTimer } from '../../../services/process/wake-up-timer.ts';
import { block } from '../../tools/block.ts';
import { pipe } from '../../tools/pipe.ts';

describe('a wake-up timer', () => {
  test('fires after the messages that had arrived by then, even if both were delayed', async () => {
    const [here, there] = await pipe();
    const order: string[] = [];
    const both = Promise.all([
      once(here, 'data').then(() => order.push('message')),
      new Promise<void>((resolve) => {
        const timer = new WakeUpTimer(() => resolve(void order.push('wake-up')));
        timer.scheduleIn(5, Date.now());
      }),
    ]);
    there.write('a message');
    block(30);
    await both;
    expect(order).toEqual(['message', 'wake-up']);
  });

  test('rescheduled or cancelled does not fire, not even when its timer has already expired', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const onWakeUp = vi.fn();
    const timer = new WakeUpTimer(onWakeUp);
    timer.scheduleIn(1, Date.now());
    vi.advanceTimersToNextTimer();
    timer.cancel();
    timer.scheduleIn(3_600_000, Date.now());
    timer.scheduleIn(10, Date.now());
    vi.advanceTimersByTime(9);
    expect(onWakeUp).not.toHaveBeenCalled();
    vi.advanceTimersByTime(7_200_000);
    expect(onWakeUp).toHaveBeenCalledOnce();
  });

  test.each([
    { after: 0, isLate: false },
    { after: 1_250, isLate: false },
    { after: 1_251, isLate: true },
    { after: -3_600_000, isLate: false },
  ])('scheduled in a second: $after ms after the call, isLate is $isLate', ({ after, isLate }) => {
    const timer = new WakeUpTimer(() => {});
    expect(timer.isLate(5_000)).toBe(false);
    timer.scheduleIn(1_000, 5_000);
    timer.cancel();
    expect(timer.isLate(5_000 + after)).toBe(isLate);
  });
});
