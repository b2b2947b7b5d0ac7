import { MAX_BACKLOG_MS, MAX_REPLAY_MS } from '../../shared/timing.ts';

/** Longest sleep, in ms: how far ahead a service looks for its next line. */
const MAX_HORIZON_MS = 1000;
/** At high rates it looks less far ahead: about so many lines of the fleet. */
const HORIZON_LINES = 50;
/** Lines due within this time share a wake-up, in ms. */
const COALESCE_MS = 20;
/** After so many ms of writing, read messages before going on. */
const MAX_BUSY_MS = 50;

/**
 * Decides when a live service wakes up and how far behind the present it may be. It has neither clock nor timer: times
 * are passed in, in ms of the world's time.
 */
export class Pacing {
  #horizonMs = MAX_HORIZON_MS;
  #maxLagMs = MAX_REPLAY_MS;
  #awakeAt = 0;

  /** How far ahead to look for the next line, in ms. */
  get horizonMs(): number {
    return this.#horizonMs;
  }

  /**
   * A new world.
   * @param rate lines per second of the whole fleet
   * @param backlogMs how far behind the present the service is because it waited for this world
   */
  start(rate: number, backlogMs: number): void {
    this.#horizonMs = Math.max(1, Math.min(MAX_HORIZON_MS, (HORIZON_LINES * 1000) / rate));
    this.#maxLagMs = this.#normalMaxLagMs + Math.min(MAX_BACKLOG_MS, Math.max(0, backlogMs));
  }

  /** Notes that the service is awake. After a suspend or a stall, returns the instant before which lines are dropped. */
  dropBefore(now: number): number | undefined {
    const sleptMs = now - this.#awakeAt;
    // A clock that was set back must not make the next reading look like a suspend.
    this.#awakeAt = Math.max(this.#awakeAt, now);
    return sleptMs > this.#horizonMs + MAX_REPLAY_MS ? now - MAX_REPLAY_MS : undefined;
  }

  /** Whether more is due than the service can write: dropping all of it is better than being later and later. */
  isTooFarBehind(lagMs: number): boolean {
    return lagMs > this.#maxLagMs;
  }

  /** The service has caught up: from now on the normal limit applies. */
  onCaughtUp(): void {
    this.#maxLagMs = this.#normalMaxLagMs;
  }

  /** When writing that began at `now` is to be interrupted. */
  busyUntil(now: number): number {
    return now + MAX_BUSY_MS;
  }

  /**
   * How long to sleep, in ms, at least 1.
   * @param nextLineAt when the next line is due
   * @param appliedAt when a change is in effect that is still to be confirmed
   */
  sleepMs(now: number, nextLineAt: number, appliedAt = Number.POSITIVE_INFINITY): number {
    return Math.max(1, Math.min(nextLineAt + COALESCE_MS, appliedAt + 1) - now);
  }

  get #normalMaxLagMs(): number {
    return MAX_REPLAY_MS + this.#horizonMs;
  }
}
