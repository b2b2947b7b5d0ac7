import { expect, test } from 'vitest';
import { dependsOnClock, parseDuration, parseInstant } from '../../../scripts/backfill/times.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30, 15, 250);

test.each([
  ['2026-11-01T00:00:00Z', '2026-11-01T00:00:00.000Z'],
  ['2026-11-01T00:00:00.5Z', '2026-11-01T00:00:00.500Z'],
  ['2026-11-01T00:00:00.123456789Z', '2026-11-01T00:00:00.123Z'],
  ['2026-11-01T00:00Z', '2026-11-01T00:00:00.000Z'],
  ['2026-11-01 23:59:59Z', '2026-11-01T23:59:59.000Z'],
  ['2026-11-01t10:00:00z', '2026-11-01T10:00:00.000Z'],
  ['2026-11-01T10:00:00+02:00', '2026-11-01T08:00:00.000Z'],
  ['2026-11-01T10:00:00-0530', '2026-11-01T15:30:00.000Z'],
  ['2026-11-01T00:00:00+14:00', '2026-10-31T10:00:00.000Z'],
  ['2026-11-01', '2026-11-01T00:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['1970-01-01', '1970-01-01T00:00:00.000Z'],
  ['2199-12-31T23:59:59.999Z', '2199-12-31T23:59:59.999Z'],
  ['now', '2026-11-22T12:30:15.250Z'],
  ['-0s', '2026-11-22T12:30:15.250Z'],
  ['-30s', '2026-11-22T12:29:45.250Z'],
  ['-90m', '2026-11-22T11:00:15.250Z'],
  ['-24h', '2026-11-21T12:30:15.250Z'],
  ['-7d', '2026-11-15T12:30:15.250Z'],
  ['-1h30m', '2026-11-22T11:00:15.250Z'],
  ['-2w', '2026-11-08T12:30:15.250Z'],
])('%s is %s', (text, iso) => {
  expect(new Date(parseInstant('--from', text, NOW)).toISOString()).toBe(iso);
});

const FORMS = 'use a time such as 2026-11-01T00:00:00Z, 2026-11-01, now, -7d, -24h, -90m or -30s';
const YEARS = 'use a time from 1970 to 2199';

test.each([
  ['yesterday', FORMS],
  ['2026-02-30', FORMS],
  ['2025-02-29T00:00:00Z', FORMS],
  ['2026-13-01', FORMS],
  ['2026-00-10', FORMS],
  ['2026-11-01T24:00:00Z', FORMS],
  ['2026-11-01T10:60:00Z', FORMS],
  ['2026-11-01T10:00:60Z', FORMS],
  ['2026-11-01T10:00:00+24:00', FORMS],
  ['2026-11-01T10:00:00Zulu', FORMS],
  ['2026-11-1', FORMS],
  ['1762000000', FORMS],
  ['2026-11-01T10:00:00+02:60', FORMS],
  ['2026-11-01T10:00:00.Z', FORMS],
  ['0099-01-01', YEARS],
  ['0099-01-01T00:00:00Z', YEARS],
  ['-7', FORMS],
  ['7d', FORMS],
  ['-7 d', FORMS],
  ['-1.5h', FORMS],
  ['-7y', FORMS],
  ['- 7d', FORMS],
  ['Now', FORMS],
  ['-', FORMS],
  [`-${'9'.repeat(10_000)}`, FORMS],
  ['2026-11-01T10:00:00', 'add the time zone, for example --from 2026-11-01T10:00:00Z'],
  ['2026-11-01 10:00', 'add the time zone, for example --from 2026-11-01T10:00Z'],
  ['1969-12-31T23:59:59Z', YEARS],
  ['2200-01-01', YEARS],
  ['-999999w', YEARS],
  ['-9999999999w', FORMS],
])('%.40s is invalid: %s', (text, advice) => {
  expect(() => parseInstant('--from', text, NOW)).toThrow(
    expect.objectContaining({
      code: 'bad-option',
      message: `--from: ${JSON.stringify(text)} is invalid; ${advice}`,
    }),
  );
});

test.each([
  ['now', true],
  ['-7d', true],
  ['2026-11-01', false],
])('%s depends on the clock: %s', (text, depends) => {
  expect(dependsOnClock(text)).toBe(depends);
});

test.each([
  ['30s', 30_000],
  ['90m', 5_400_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
  ['2w', 1_209_600_000],
  ['1h30m', 5_400_000],
])('%s is %d ms long', (text, ms) => {
  expect(parseDuration('--backfill', text, NOW)).toBe(ms);
});

const LENGTHS = 'use a length of time such as 90s, 24h, 1h30m, 7d or 2w';

test.each([
  ...['', '24', 'h', '-24h', '0h', '1.5h', '1y', '24 h', '30m1h', '9999999999w'].map(
    (text) => [text, LENGTHS] as const,
  ),
  ['100000d', 'use one that does not reach back beyond 1970'] as const,
])('%j is invalid as a duration: %s', (text, advice) => {
  expect(() => parseDuration('--backfill', text, NOW)).toThrow(
    expect.objectContaining({
      code: 'bad-option',
      message: `--backfill: ${JSON.stringify(text)} is invalid; ${advice}`,
    }),
  );
});
