/** The numbers of the policy, in ms but for `failures`. */
export const RESTART_POLICY = {
  firstDelay: 250,
  longestDelay: 10_000,
  /** A run of this length makes the next failure a first one again. */
  stableAfter: 30_000,
  /** More failures than this within `window`, or in a row before a process got ready, and the service is given up. */
  failures: 5,
  window: 60_000,
  /** A delay is drawn from this share of itself up to the whole, so that services that fell together part. */
  jitter: 0.75,
} as const;

/** What is remembered of a service's failures. */
export interface FailureHistory {
  /** Failures since the last stable run. */
  readonly inARow: number;
  /** Failures since a process last got ready. */
  readonly unreadyInARow: number;
  /** Instants of the latest failures, ascending, in ms of any steady clock. */
  readonly at: readonly number[];
}

export interface Failure {
  /** Instant of this failure, by the same clock. */
  readonly at: number;
  /** How long the process had run, in ms. */
  readonly ranMs: number;
  /** Whether it had got ready: one that hangs while it loads runs long, and never is stable. */
  readonly wasReady: boolean;
  /** Drawn evenly from 0 up to 1. */
  readonly draw: number;
}

export type Verdict =
  | { readonly action: 'restart'; readonly afterMs: number; readonly history: FailureHistory }
  | { readonly action: 'give-up'; readonly history: FailureHistory };

export const NO_FAILURES: FailureHistory = { inARow: 0, unreadyInARow: 0, at: [] };

/** What to do about a service that ended unasked. */
export function afterFailure(history: FailureHistory, failure: Failure): Verdict {
  const { firstDelay, longestDelay, stableAfter, failures, window, jitter } = RESTART_POLICY;
  const before = failure.wasReady && failure.ranMs >= stableAfter ? 0 : history.inARow;
  const at = [...history.at.filter((instant) => failure.at - instant < window), failure.at];
  const unreadyInARow = failure.wasReady ? 0 : history.unreadyInARow + 1;
  const next: FailureHistory = { inARow: before + 1, unreadyInARow, at };
  if (at.length > failures || unreadyInARow > failures) return { action: 'give-up', history: next };
  if (before === 0) return { action: 'restart', afterMs: 0, history: next };
  const whole = Math.min(firstDelay * 2 ** (before - 1), longestDelay);
  return { action: 'restart', afterMs: Math.round(whole * (jitter + (1 - jitter) * failure.draw)), history: next };
}
