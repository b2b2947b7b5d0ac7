/** The numbers of the policy; times in ms. */
export const RESTART_POLICY = {
  firstDelayMs: 250,
  maxDelayMs: 10_000,
  /** After a run of this length the next failure counts as the first again. */
  stableAfterMs: 30_000,
  /** With more failures than this within `windowMs`, or in a row before a process was ready, the service is given up. */
  maxFailures: 5,
  windowMs: 60_000,
  /** A delay is drawn from this share of itself to the whole, so that services that failed together spread out. */
  jitter: 0.75,
} as const;

/** What is remembered of a service's failures. */
export interface FailureHistory {
  /** Failures since the last stable run. */
  readonly consecutive: number;
  /** Failures since a process was last ready. */
  readonly consecutiveUnready: number;
  /** Instants of the latest failures, ascending, in ms of any steady clock. */
  readonly at: readonly number[];
}

/** The unexpected exit of a process. */
export interface Failure {
  /** Instant of this failure, by the same clock. */
  readonly at: number;
  /** How long the process had run, in ms. */
  readonly ranMs: number;
  /** Whether it was ever ready: one that hangs while it loads runs long and is not stable. */
  readonly wasReady: boolean;
  /** Uniform in 0 to 1. */
  readonly random: number;
}

/** What to do about a failure, and the history with it. */
export type RestartDecision =
  | { readonly kind: 'restart'; readonly delayMs: number; readonly history: FailureHistory }
  | { readonly kind: 'give-up'; readonly history: FailureHistory };

/** Of a service that never failed, or whose failures were reset. */
export const NO_FAILURES: FailureHistory = { consecutive: 0, consecutiveUnready: 0, at: [] };

/**
 * Decides on a service whose process exited unexpectedly: exponential backoff with jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), the first time without a delay.
 */
export function afterFailure(history: FailureHistory, failure: Failure): RestartDecision {
  const { firstDelayMs, maxDelayMs, stableAfterMs, maxFailures, windowMs, jitter } = RESTART_POLICY;
  const before = failure.wasReady && failure.ranMs >= stableAfterMs ? 0 : history.consecutive;
  const at = [...history.at.filter((instant) => failure.at - instant < windowMs), failure.at];
  const consecutiveUnready = failure.wasReady ? 0 : history.consecutiveUnready + 1;
  const next: FailureHistory = { consecutive: before + 1, consecutiveUnready, at };
  if (at.length > maxFailures || consecutiveUnready > maxFailures) return { kind: 'give-up', history: next };
  if (before === 0) return { kind: 'restart', delayMs: 0, history: next };
  const maxMs = Math.min(firstDelayMs * 2 ** (before - 1), maxDelayMs);
  return { kind: 'restart', delayMs: Math.round(maxMs * (jitter + (1 - jitter) * failure.random)), history: next };
}
