import { HISTORY_SENT_MS } from '../../shared/timing.ts';
import {
  clockOffsetAt,
  entryAt,
  latestEntry,
  type Surge,
  type TimelineEntry,
  trimWorld,
  type World,
} from '../../shared/world.ts';
import { withoutOldIncidents } from './incident-changes.ts';

/** A clock that goes back by more than this, in ms, was set back; by less, the services wait until it has caught up. */
const CLOCK_TOLERANCE_MS = 1_000;

/** Timeline entries kept for a replay; beyond this the oldest are dropped. */
const MAX_ENTRIES = 10_000;

/** Returns how a new timeline entry, as it is so far and with its instant, is to differ from the latest one. */
export type WorldPatch = (
  latest: TimelineEntry,
) => Partial<Pick<TimelineEntry, 'ratios' | 'ratiosSetAt' | 'incidents' | 'down'>>;

/** A timeline entry that was appended. */
export interface Change {
  /** Number of entries so far. */
  readonly version: number;
  /** Instant from which it is in effect, in ms of the world's time. */
  readonly at: number;
  /** By how much the clock had been set back, in ms; 0 when it had not. */
  readonly clockSetBackMs: number;
}

/** The clocks of the machine, in ms. */
export interface Clocks {
  /** Since the Unix epoch: may be set. */
  readonly wall: () => number;
  /** Only goes forward, at the same pace. */
  readonly steady: () => number;
}

const SYSTEM_CLOCKS: Clocks = { wall: () => Date.now(), steady: () => performance.now() };

/**
 * The world as the supervisor records it. Entries ascend in time and never change once they are appended, whatever
 * happens to the clock: when it is set back, the world's time goes on, and only time stamps go back.
 */
export class Timeline {
  #world: World;
  #version = 1;
  readonly #clocks: Clocks;
  /** How far the wall clock is ahead of the steady one, in ms: grows when the wall clock is set forward. */
  #leadMs: number;

  constructor(world: World, clocks: Clocks = SYSTEM_CLOCKS) {
    this.#world = world;
    this.#clocks = clocks;
    this.#leadMs = clocks.wall() - clocks.steady();
  }

  /** Number of entries so far, dropped ones included. */
  get version(): number {
    return this.#version;
  }

  /** The last entry, which may not be in effect yet. */
  get latest(): TimelineEntry {
    return latestEntry(this.#world.timeline);
  }

  /** The entry that is in effect now. */
  get current(): TimelineEntry {
    return entryAt(this.#world.timeline, this.now);
  }

  /** The present, in ms of the world's time. */
  get now(): number {
    return this.#clocks.wall() - this.#clockOffsetMs;
  }

  /** The whole run, for a replay. */
  get world(): World {
    return this.#world;
  }

  /** As much of the run as a process needs from now on. */
  get recent(): World {
    return trimWorld(this.#world, this.now - HISTORY_SENT_MS);
  }

  /** True when the clock was set back and no entry records that yet: `append` one, with or without patches. */
  checkClock(): boolean {
    const leadMs = this.#clocks.wall() - this.#clocks.steady();
    this.#leadMs = Math.max(this.#leadMs, leadMs);
    return leadMs < this.#leadMs - CLOCK_TOLERANCE_MS;
  }

  /** The time stamp of an event at `time` of the world, both in ms. */
  toTimeStamp(time: number): number {
    return time + clockOffsetAt(this.#world.timeline, time);
  }

  /** Adds surges of times for which no line has been written; processes are told of them with the next entry. */
  addSurges(surges: readonly Surge[]): void {
    if (surges.length > 0) this.#world = { ...this.#world, surges: [...(this.#world.surges ?? []), ...surges] };
  }

  /**
   * Appends one entry with these patches, applied in order.
   * @param earliest it takes effect then or now, whichever is later, in ms of the world's time
   */
  append(patches: readonly WorldPatch[], earliest: number): Change {
    const { latest } = this;
    const now = this.now;
    const isSetBack = this.checkClock() || Math.max(latest.at, earliest) > now + CLOCK_TOLERANCE_MS;
    const present = isSetBack ? Math.max(now, this.#nowBeforeSetBack) : now;
    const at = Math.max(present, earliest, latest.at + 1);
    let entry: TimelineEntry = withoutOldIncidents({ ...latest, at });
    for (const patch of patches) entry = { ...entry, ...patch(entry) };
    const clockSetBackMs = isSetBack ? at - now : 0;
    if (isSetBack) {
      entry = { ...entry, clockOffsetMs: (latest.clockOffsetMs ?? 0) - clockSetBackMs };
      this.#leadMs = this.#clocks.wall() - this.#clocks.steady();
    }
    const timeline = [...this.#world.timeline.slice(1 - MAX_ENTRIES), entry] as unknown as World['timeline'];
    this.#world = { ...this.#world, timeline };
    this.#version++;
    return { version: this.#version, at, clockSetBackMs };
  }

  /** What the present would be if the clock had not been set back. */
  get #nowBeforeSetBack(): number {
    return Math.round(this.#clocks.steady() + this.#leadMs) - this.#clockOffsetMs;
  }

  get #clockOffsetMs(): number {
    return this.latest.clockOffsetMs ?? 0;
  }
}
