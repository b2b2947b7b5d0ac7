/** The numbers of the policy, in ms but for `failures`. */
export const RESTART_POLICY = {
  firstDelayMs: 250,
  maxDelayMs: 10_000,
  /** A run of this length makes the next failure a first one again. */
  stableAfterMs: 30_000,
  /** More failures than this within `window`, or in a row before a process got ready, and the service is given up. */
  maxFailures: 5,
  windowMs: 60_000,
  /** A delay is drawn from this share of itself up to the whole, so that services that fell together part. */
  jitter: 0.75,
} as const;

/** What is remembered of a service's failures. */
export interface FailureHistory {
  /** Failures since the last stable run. */
  readonly consecutive: number;
  /** Failures since a process last got ready. */
  readonly consecutiveUnready: number;
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
  readonly random: number;
}

export type RestartDecision =
  | { readonly action: 'restart'; readonly delayMs: number; readonly history: FailureHistory }
  | { readonly action: 'give-up'; readonly history: FailureHistory };

export const NO_FAILURES: FailureHistory = { consecutive: 0, consecutiveUnready: 0, at: [] };

/** What to do about a service that ended unasked. */
export function afterFailure(history: FailureHistory, failure: Failure): RestartDecision {
  const { firstDelayMs, maxDelayMs, stableAfterMs, maxFailures, windowMs, jitter } = RESTART_POLICY;
  const before = failure.wasReady && failure.ranMs >= stableAfterMs ? 0 : history.consecutive;
  const at = [...history.at.filter((instant) => failure.at - instant < windowMs), failure.at];
  const consecutiveUnready = failure.wasReady ? 0 : history.consecutiveUnready + 1;
  const next: FailureHistory = { consecutive: before + 1, consecutiveUnready, at };
  if (at.length > maxFailures || consecutiveUnready > maxFailures) return { action: 'give-up', history: next };
  if (before === 0) return { action: 'restart', delayMs: 0, history: next };
  const whole = Math.min(firstDelayMs * 2 ** (before - 1), maxDelayMs);
  return { action: 'restart', delayMs: Math.round(whole * (jitter + (1 - jitter) * failure.random)), history: next };
}
