import { once } from 'node:events';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WakeUpTimer } from '../../../services/process/wake-up-timer.ts';
import { block } from '../../tools/block.ts';
import { pipe } from '../../tools/pipe.ts';

describe('a wake-up', () => {
  test('comes after what had arrived by then, even if both have waited', async () => {
    const [here, there] = await pipe();
    const order: string[] = [];
    const both = Promise.all([
      once(here, 'data').then(() => order.push('message')),
      new Promise<void>((woken) => {
        const wakeUp = new WakeUpTimer(() => woken(void order.push('wake-up')));
        wakeUp.scheduleIn(5, Date.now());
      }),
    ]);
    there.write('a message');
    block(30);
    await both;
    expect(order).toEqual(['message', 'wake-up']);
  });

  test('planned anew or cancelled does not come, not even once its timer has run out', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const act = vi.fn();
    const wakeUp = new WakeUpTimer(act);
    wakeUp.scheduleIn(1, Date.now());
    vi.advanceTimersToNextTimer();
    wakeUp.cancel();
    wakeUp.scheduleIn(3_600_000, Date.now());
    wakeUp.scheduleIn(10, Date.now());
    vi.advanceTimersByTime(9);
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(7_200_000);
    expect(act).toHaveBeenCalledOnce();
  });

  test.each([
    { after: 0, isLate: false },
    { after: 1_250, isLate: false },
    { after: 1_251, isLate: true },
    { after: -3_600_000, isLate: false },
  ])('planned in a second, $after ms after that its being late is $isLate', ({ after, isLate }) => {
    const wakeUp = new WakeUpTimer(() => {});
    expect(wakeUp.isLate(5_000)).toBe(false);
    wakeUp.scheduleIn(1_000, 5_000);
    wakeUp.cancel();
    expect(wakeUp.isLate(5_000 + after)).toBe(isLate);
  });
});
