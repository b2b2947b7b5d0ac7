import type { ServiceState } from '../../shared/control-api.ts';
import {
  HEARTBEAT_INTERVAL_MS,
  KILL_AFTER_MISSED_PINGS,
  KILL_LOADING_AFTER_MISSED_PINGS,
  UNRESPONSIVE_AFTER_MISSED_PINGS,
} from '../../shared/timing.ts';
import { describeExit, type Exit } from './exit.ts';
import { afterFailure, type FailureHistory, NO_FAILURES } from './restart-policy.ts';

/** The state of a service over all its processes. */
export interface Lifecycle {
  readonly state: ServiceState;
  /** Processes spawned so far. */
  readonly spawns: number;
  readonly failures: FailureHistory;
  /** How the last process that was not meant to exit did. */
  readonly lastExit: string | undefined;
  /** While it backs off: when the next process is spawned, in ms since the Unix epoch. */
  readonly nextTryAt: number | undefined;
}

/** What happens to a service. */
export type LifecycleEvent =
  | { readonly kind: 'spawned' }
  /** The process was sent its first world. */
  | { readonly kind: 'started' }
  | { readonly kind: 'stop-requested' }
  /** An operator takes care of it. */
  | { readonly kind: 'failures-reset' }
  /** Once per heartbeat interval while there is a process; `missedPings` as counted before the next ping. */
  | { readonly kind: 'heartbeat'; readonly missedPings: number }
  | {
      readonly kind: 'exited';
      readonly exit: Exit;
      /** The same instant by any steady clock and since the Unix epoch, in ms. */
      readonly steadyMs: number;
      readonly wallMs: number;
      /** Uniform in 0 to 1, for the jitter of the delay. */
      readonly random: number;
    };

/** What is to be done about it. */
export type LifecycleAction =
  | { readonly kind: 'report-unresponsive' }
  | { readonly kind: 'kill'; readonly reason: string }
  | { readonly kind: 'restart'; readonly delayMs: number }
  | { readonly kind: 'give-up' };

/** The lifecycle after an event, and at most one action. */
export interface Transition {
  readonly lifecycle: Lifecycle;
  readonly action?: LifecycleAction;
}

/** Of a service that was never spawned. */
export const INITIAL_LIFECYCLE: Lifecycle = {
  state: 'stopped',
  spawns: 0,
  failures: NO_FAILURES,
  lastExit: undefined,
  nextTryAt: undefined,
};

/** A pure function: a process that exits unexpectedly is restarted, one that was stopped is not. */
export function advance(lifecycle: Lifecycle, event: LifecycleEvent): Transition {
  switch (event.kind) {
    case 'spawned':
      return { lifecycle: { ...enter(lifecycle, 'starting'), spawns: lifecycle.spawns + 1 } };
    case 'started':
      return { lifecycle: enter(lifecycle, 'up') };
    case 'stop-requested':
      return { lifecycle: enter(lifecycle, hasProcess(lifecycle.state) ? 'stopping' : 'stopped') };
    case 'failures-reset':
      return { lifecycle: { ...lifecycle, failures: NO_FAILURES } };
    case 'heartbeat':
      return afterHeartbeat(lifecycle, event.missedPings);
    case 'exited':
      return lifecycle.state === 'stopping' ? { lifecycle: enter(lifecycle, 'stopped') } : afterCrash(lifecycle, event);
    default:
      return event satisfies never;
  }
}

function enter(lifecycle: Lifecycle, state: ServiceState): Lifecycle {
  return { ...lifecycle, state, nextTryAt: undefined };
}

function hasProcess(state: ServiceState): boolean {
  return state === 'starting' || state === 'up' || state === 'unresponsive' || state === 'stopping';
}

function afterHeartbeat(lifecycle: Lifecycle, missedPings: number): Transition {
  switch (lifecycle.state) {
    case 'starting': {
      if (missedPings !== KILL_LOADING_AFTER_MISSED_PINGS) return { lifecycle };
      const seconds = (KILL_LOADING_AFTER_MISSED_PINGS * HEARTBEAT_INTERVAL_MS) / 1000;
      return { lifecycle, action: { kind: 'kill', reason: `was not ready within ${seconds} s` } };
    }
    case 'up':
    case 'unresponsive':
      if (missedPings === 0) return { lifecycle: enter(lifecycle, 'up') };
      // Not from so many on: one that has just loaded still has its pings to answer.
      if (missedPings === UNRESPONSIVE_AFTER_MISSED_PINGS) {
        return { lifecycle: enter(lifecycle, 'unresponsive'), action: { kind: 'report-unresponsive' } };
      }
      if (missedPings !== KILL_AFTER_MISSED_PINGS) return { lifecycle };
      return { lifecycle, action: { kind: 'kill', reason: 'still does not answer' } };
    default:
      return { lifecycle };
  }
}

function afterCrash(lifecycle: Lifecycle, event: Extract<LifecycleEvent, { kind: 'exited' }>): Transition {
  const { exit, steadyMs, wallMs, random } = event;
  const { ranMs, wasReady } = exit;
  const decision = afterFailure(lifecycle.failures, { at: steadyMs, ranMs, wasReady, random });
  const failed = { ...enter(lifecycle, 'failed'), failures: decision.history, lastExit: describeExit(exit) };
  switch (decision.kind) {
    case 'give-up':
      return { lifecycle: failed, action: { kind: 'give-up' } };
    case 'restart': {
      const { delayMs } = decision;
      const backingOff: Lifecycle = { ...failed, state: 'backing-off', nextTryAt: wallMs + delayMs };
      return { lifecycle: backingOff, action: { kind: 'restart', delayMs } };
    }
    default:
      return decision satisfies never;
  }
}
