import { expect, test } from 'vitest';
import { LineStats } from '../../../supervisor/process/line-stats.ts';

test('bad lines since the change are counted, without those from before it that arrive after it', () => {
  const stats = new LineStats();
  stats.count(30, 1_000);
  stats.count(50, 1_001);
  expect(stats).toMatchObject({ lines: 2, linesSince: 2, badSince: 1 });
  stats.resetSince(2_000);
  expect(stats).toMatchObject({ lines: 2, linesSince: 0, badSince: 0 });
  stats.count(50, 1_999);
  for (const level of [20, 30, 40, 50] as const) stats.count(level, 2_000);
  expect(stats).toMatchObject({ lines: 7, linesSince: 4, badSince: 2 });
});
