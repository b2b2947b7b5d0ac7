/**
 * Timeouts that depend on one another, in ms. Which must be shorter than which, and why, is in
 * test/shared/timing.test.ts: that test fails when a change here breaks the order.
 */

/** A service that reads its messages this late after a wake-up has stalled: it resyncs before it writes. */
export const SERVICE_STALL_THRESHOLD_MS = 250;

/** An answer to `resync` that took longer is out of date: the service resyncs again. */
export const RESYNC_TIMEOUT_MS = 400;

/** How long a change of the world waits for a process to answer `prepare`. */
export const PREPARE_TIMEOUT_MS = 500;

/** After a stall or a suspend a service catches up on at most this much; older lines are dropped. */
export const MAX_REPLAY_MS = 1_000;

/** A timer of the supervisor that fires this late means that the supervisor itself stalled. */
export const SUPERVISOR_STALL_THRESHOLD_MS = 100;

/** How long the supervisor then reads what arrived meanwhile before a timeout takes effect. */
export const SUPERVISOR_STALL_GRACE_MS = 250;

/** Interval between two pings to each process. */
export const HEARTBEAT_INTERVAL_MS = 1_000;

/** Missed pings after which a process counts as unresponsive. */
export const UNRESPONSIVE_AFTER_MISSED_PINGS = 3;

/** Missed pings after which an unresponsive process is killed. */
export const KILL_AFTER_MISSED_PINGS = 7;

/** Missed pings after which a process that is still loading is killed: it answers none until it has loaded. */
export const KILL_LOADING_AFTER_MISSED_PINGS = 30;

/** How long a change waits until it is in effect in every process. */
export const APPLY_TIMEOUT_MS = 10_000;

/** How long a change waits until every line from before it is in the log file. */
export const FLUSH_TIMEOUT_MS = 700;

/** How long a process has to exit after it was asked to; then it is killed. */
export const SIGKILL_DELAY_MS = 5_000;

/** How long the pipes of a process may stay open after it has exited: another process may have inherited them. */
export const PIPE_CLOSE_TIMEOUT_MS = 1_000;

/** How long a command waits until a process has exited. */
export const EXIT_TIMEOUT_MS = 7_000;

/** How long a command waits until a process is up. */
export const UP_TIMEOUT_MS = 10_000;

/** How long a command waits until a process that is to stop has written its last lines. */
export const LAST_LINES_TIMEOUT_MS = 1_000;

/** How long the shutdown waits until every process has exited, in case even SIGKILL does not end one. */
export const FLEET_STOP_TIMEOUT_MS = 8_000;

/** How long the shutdown writes what is still queued for a log file that takes it slowly. */
export const FILE_DRAIN_TIMEOUT_MS = 10_000;

/** How long a command may wait for its turn. */
export const COMMAND_START_TIMEOUT_MS = 8_000;

/** How long a command may take from its arrival, the wait included, before it is answered as unfinished. */
export const COMMAND_ANSWER_TIMEOUT_MS = 18_000;

/** How long a client of the control API waits for an answer. */
export const CONTROL_TIMEOUT_MS = 20_000;

/** How long a connection to the control API may be idle. */
export const CONNECTION_IDLE_TIMEOUT_MS = 30_000;

/** Once the rest of a backfill is shorter than this, it is left to the services to catch up on. */
export const MAX_BACKFILL_REMAINDER_MS = 500;

/** A service that waited longer than this for its first world drops what it missed; otherwise it catches up. */
export const MAX_BACKLOG_MS = 60_000;

/** How far back the timeline reaches that a process is sent. */
export const HISTORY_SENT_MS = 600_000;
