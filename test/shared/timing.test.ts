import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as t from '../../shared/timing.ts';

/** How long a process that has stalled for good is waited for: its last check comes one heartbeat after the last ping. */
const KILL_STALLED_MS = (t.KILL_AFTER_MISSED_PINGS + 1) * t.HEARTBEAT_INTERVAL_MS;

/** The longest that a change waits for `prepared`, if the supervisor stalls meanwhile. */
const PREPARE_MS = t.PREPARE_TIMEOUT_MS + t.SUPERVISOR_STALL_GRACE_MS;

const ORDER: readonly (readonly [why: string, smaller: number, larger: number])[] = [
  // A change of the world.
  ['a service that a change did not wait for resyncs', t.SERVICE_STALL_THRESHOLD_MS, t.PREPARE_TIMEOUT_MS],
  ['a resync that started before a change does not count', t.RESYNC_TIMEOUT_MS, t.PREPARE_TIMEOUT_MS],
  ['a service resyncs before its answer is out of date', t.SERVICE_STALL_THRESHOLD_MS, t.RESYNC_TIMEOUT_MS],
  ['waiting for a change drops no lines', PREPARE_MS, t.MAX_REPLAY_MS],
  ['a stall is noticed before a timeout is due', t.SUPERVISOR_STALL_THRESHOLD_MS, t.PREPARE_TIMEOUT_MS],
  [
    'a stalled process is killed before a change gives up',
    KILL_STALLED_MS + t.PIPE_CLOSE_TIMEOUT_MS,
    t.APPLY_TIMEOUT_MS,
  ],
  ['a slow log file delays an answer by less than a second', t.FLUSH_TIMEOUT_MS, 1_000],

  // Missed pings.
  ['a process is unresponsive before it is killed', t.UNRESPONSIVE_AFTER_MISSED_PINGS, t.KILL_AFTER_MISSED_PINGS],
  ['loading may take longer than an answer', t.KILL_AFTER_MISSED_PINGS, t.KILL_LOADING_AFTER_MISSED_PINGS],

  // The exit of a process.
  ['a command waits for SIGKILL', t.SIGKILL_DELAY_MS + t.PIPE_CLOSE_TIMEOUT_MS, t.EXIT_TIMEOUT_MS],
  ['a shutdown waits for SIGKILL, and for a command that does', t.EXIT_TIMEOUT_MS, t.FLEET_STOP_TIMEOUT_MS],

  // Answers of the control API.
  ['a command gets its turn after one slow exit', t.EXIT_TIMEOUT_MS, t.COMMAND_START_TIMEOUT_MS],
  ['a stop is answered', PREPARE_MS + t.LAST_LINES_TIMEOUT_MS + t.EXIT_TIMEOUT_MS, t.COMMAND_ANSWER_TIMEOUT_MS],
  ['a start is answered', t.UP_TIMEOUT_MS, t.COMMAND_ANSWER_TIMEOUT_MS],
  ['a command that does not get its turn is answered', t.COMMAND_START_TIMEOUT_MS, t.COMMAND_ANSWER_TIMEOUT_MS],
  ['a client hears of an unfinished command', t.COMMAND_ANSWER_TIMEOUT_MS, t.CONTROL_TIMEOUT_MS],
  [
    'a client hears of a change, after one that is under way',
    2 * PREPARE_MS + t.APPLY_TIMEOUT_MS + t.FLUSH_TIMEOUT_MS,
    t.CONTROL_TIMEOUT_MS,
  ],
  ['a client hears of a shutdown', t.FLEET_STOP_TIMEOUT_MS + t.FILE_DRAIN_TIMEOUT_MS, t.CONTROL_TIMEOUT_MS],
  ['a connection outlives its request', t.CONTROL_TIMEOUT_MS, t.CONNECTION_IDLE_TIMEOUT_MS],

  // The start.
  [
    'a service that loads slowly catches up on a backfill',
    t.MAX_BACKFILL_REMAINDER_MS + t.KILL_LOADING_AFTER_MISSED_PINGS * t.HEARTBEAT_INTERVAL_MS,
    t.MAX_BACKLOG_MS,
  ],
  ['a service knows the past that it catches up on', t.MAX_BACKLOG_MS, t.HISTORY_SENT_MS],
];

test.each(ORDER)('%s: %i < %i', (_, smaller, larger) => {
  expect(smaller).toBeLessThan(larger);
});

test('every timeout is compared with another', () => {
  const source = readFileSync(new URL(import.meta.url), 'utf8');
  for (const name of Object.keys(t)) expect(source, name).toMatch(new RegExp(`\\bt\\.${name}\\b`));
});
