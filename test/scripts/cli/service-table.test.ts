import { expect, test } from 'vitest';
import { formatServices } from '../../../scripts/cli/service-table.ts';
import type { ServiceStatus } from '../../../shared/control-api.ts';

const NOW = 1_000_000;

const status = (changes: Partial<ServiceStatus>): ServiceStatus => ({
  name: 'api',
  logName: 'ApiService',
  state: 'up',
  pid: 4711,
  uptimeMs: 12_345,
  restarts: 0,
  ratio: 2,
  lines: 100,
  linesSinceChange: 40,
  badSinceChange: 9,
  nextTryAt: null,
  lastExit: null,
  ...changes,
});

test('the table', () => {
  const down = { pid: null, uptimeMs: null, lines: 0, linesSinceChange: 0, badSinceChange: 0 };
  const table = formatServices(
    [
      status({}),
      status({ ...down, name: 'auth', state: 'backing-off', nextTryAt: NOW + 1_250, restarts: 3 }),
      status({ ...down, name: 'cart', state: 'failed', lastExit: 'signal SIGKILL', restarts: 5 }),
      status({ ...down, name: 'mail', state: 'stopped', ratio: 0.5 }),
    ],
    NOW,
  );
  expect(`\n${table}\n`).toBe(`
SERVICE  STATE                           PID   UPTIME  RESTARTS  RATIO  LINES  BAD SINCE CHANGE
api      up                              4711  12 s    0         2      100    22.5 % of 40
auth     backing off, next try in 1.3 s  -     -       3         2      0      -
cart     failed, signal SIGKILL          -     -       5         2      0      -
mail     stopped                         -     -       0         0.5    0      -
`);
});

test.each(['starting', 'up', 'stopping', 'stopped', 'unresponsive'] as const)(
  'the state %s is shown as such',
  (state) => {
    expect(formatServices([status({ state })], NOW)).toContain(`api      ${state} `);
  },
);

test.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min 0 s'],
  [3_599_999, '59 min 59 s'],
  [3_600_000, '1 h 0 min'],
  [86_399_999, '23 h 59 min'],
  [90_000_000, '1 d 1 h'],
])('an uptime of %i ms is %s', (uptimeMs, shown) => {
  expect(formatServices([status({ uptimeMs })], NOW)).toContain(`4711  ${shown}  `);
});

test('a next try that is overdue is shown as due now', () => {
  const line = formatServices([status({ state: 'backing-off', nextTryAt: NOW - 5 })], NOW);
  expect(line).toContain('next try in 0.0 s');
});
