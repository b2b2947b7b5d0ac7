import { describe, expect, test } from 'vitest';
import { HISTORY_SECONDS } from '../../../shared/page-api.ts';
import { formatRecord, LEVEL_NUMBERS, type Level } from '../../../shared/record.ts';
import { SecondCounts } from '../../../supervisor/page/history/second-counts.ts';

const NOW = Date.parse('2026-11-01T12:00:00.700Z');
const SECOND = NOW - 700;
const OLDEST = SECOND - (HISTORY_SECONDS - 1) * 1_000;

const services = [
  { name: 'api', logName: 'ApiService' },
  { name: 'auth', logName: 'AuthService' },
];

function line(time: number, level: Level = 'INFO', service = 'ApiService'): string {
  return `${formatRecord({ level: LEVEL_NUMBERS[level], time, service, msg: 'x' })}\n`;
}

function counted(lines: readonly string[], now = NOW): SecondCounts {
  const counts = new SecondCounts(services);
  for (const text of lines) counts.add(Buffer.from(text), now);
  return counts;
}

describe('lines are counted', () => {
  test('per second of their time stamps, service and level', () => {
    const lines = [
      line(SECOND) + line(SECOND + 999, 'DEBUG') + line(SECOND - 1, 'WARNING'),
      line(SECOND, 'ERROR', 'AuthService') + line(SECOND, 'ERROR') + line(SECOND, 'WARNING'),
    ];
    expect(counted(lines).all(NOW)).toEqual([
      { at: SECOND - 1_000, counts: { api: [0, 1, 0] } },
      { at: SECOND, counts: { api: [2, 1, 1], auth: [0, 0, 1] } },
    ]);
  });

  test('but those of the supervisor, which are marks', () => {
    expect(counted([line(SECOND, 'INFO', 'Supervisor')]).all(NOW)).toEqual([]);
  });

  test.each([
    ['the oldest second of the history', OLDEST, 1],
    ['the last moment before it', OLDEST - 1, 0],
  ])('of the last 15 minutes: %s', (_, time, seconds) => {
    expect(counted([line(time)]).all(NOW)).toHaveLength(seconds);
  });

  test('of a large part of a backfill too, of which most is older', () => {
    const old = Array.from({ length: 2_000 }, (_, index) => line(OLDEST - 2_000_000 + index * 1_000));
    const counts = counted([old.join(''), [...old, line(SECOND)].join('')]);
    expect(counts.all(NOW)).toEqual([{ at: SECOND, counts: { api: [1, 0, 0] } }]);
  });
});

test('what has changed is told once, and again with later counts', () => {
  const counts = counted([line(SECOND), line(SECOND - 2_000)]);
  expect(counts.takeChanged().map(({ at }) => at)).toEqual([SECOND - 2_000, SECOND]);
  expect(counts.takeChanged()).toEqual([]);
  counts.add(Buffer.from(line(SECOND, 'ERROR')), NOW);
  expect(counts.takeChanged()).toEqual([{ at: SECOND, counts: { api: [1, 0, 1] } }]);
});

test('no more seconds are kept than the history has, also when the clock is set back by an hour', () => {
  const counts = new SecondCounts(services);
  for (let second = 0; second < 2_000; second++) {
    counts.add(Buffer.from(line(NOW + second * 1_000)), NOW + second * 1_000);
  }
  const end = NOW + 1_999_000;
  expect(counts.all(end)).toHaveLength(HISTORY_SECONDS);
  expect(counts.all(end)[0]?.at).toBe(SECOND + (2_000 - HISTORY_SECONDS) * 1_000);
  const back = end - 3_600_000;
  for (let second = 0; second < 600; second++) {
    counts.add(Buffer.from(line(back + second * 1_000)), back + second * 1_000);
  }
  const now = back + 599_000;
  const kept = counts.all(now);
  expect(kept).toHaveLength(HISTORY_SECONDS);
  expect(kept.slice(0, 600).map(({ at }) => at)).toEqual(
    Array.from({ length: 600 }, (_, second) => back - 700 + second * 1_000),
  );
});
