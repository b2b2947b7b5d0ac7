import { expect, test } from 'vitest';
import { LineStats } from '../../../supervisor/process/line-stats.ts';

test('counts bad lines since the change, and leaves out what was written before it and arrives after it', () => {
  const tally = new LineStats();
  tally.count(30, 1_000);
  tally.count(50, 1_001);
  expect(tally).toMatchObject({ lines: 2, linesSince: 2, badSince: 1 });
  tally.resetSince(2_000);
  expect(tally).toMatchObject({ lines: 2, linesSince: 0, badSince: 0 });
  tally.count(50, 1_999);
  for (const level of [20, 30, 40, 50] as const) tally.count(level, 2_000);
  expect(tally).toMatchObject({ lines: 7, linesSince: 4, badSince: 2 });
});
