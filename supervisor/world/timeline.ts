import { clockOffsetAt, entryAt, latestEntry, type TimelineEntry, trimWorld, type World } from '../../shared/world.ts';

/** A clock that goes back by more than this, in ms, was set back; by less, the services wait until it has caught up. */
const CLOCK_TOLERANCE_MS = 1_000;

/** How far back a process is sent the timeline, in ms: longer than the longest journey. */
const HISTORY_SENT_MS = 600_000;

/** Moments kept to replay the run; the oldest go first. */
const MAX_ENTRIES = 10_000;

/** What a moment changes of the one before it. */
export type WorldPatch = (latest: TimelineEntry) => Partial<Pick<TimelineEntry, 'ratios' | 'down'>>;

export interface Change {
  /** Counts the moments so far. */
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

const SYSTEM: Clocks = { wall: () => Date.now(), steady: () => performance.now() };

/**
 * The world that the supervisor owns. Its moments only ever ascend, and none is changed once it is made, whatever is
 * done to the clock: when that is set back, the world's time goes on, and only time stamps go back.
 */
export class Timeline {
  #world: World;
  #version = 1;
  readonly #clocks: Clocks;
  /** By how much the wall clock is ahead of the steady one: it grows when the wall clock is set forward. */
  #lead: number;

  constructor(world: World, clocks: Clocks = SYSTEM) {
    this.#world = world;
    this.#clocks = clocks;
    this.#lead = clocks.wall() - clocks.steady();
  }

  get version(): number {
    return this.#version;
  }

  /** What was asked for last, whether it is in effect already or in a moment. */
  get latest(): TimelineEntry {
    return latestEntry(this.#world.timeline);
  }

  /** What is in effect now. */
  get current(): TimelineEntry {
    return entryAt(this.#world.timeline, this.#now);
  }

  /** The whole run, to replay it. */
  get world(): World {
    return this.#world;
  }

  /** As much of it as a process needs from now on. */
  get recent(): World {
    return trimWorld(this.#world, this.#now - HISTORY_SENT_MS);
  }

  /** Looks at the clock; true when it was set back, and a change is due that says so and nothing else. */
  checkClock(): boolean {
    const lead = this.#clocks.wall() - this.#clocks.steady();
    this.#lead = Math.max(this.#lead, lead);
    return lead < this.#lead - CLOCK_TOLERANCE_MS;
  }

  /** The time stamp of what happens at that time of the world, both in ms. */
  toTimeStamp(time: number): number {
    return time + clockOffsetAt(this.#world.timeline, time);
  }

  /** Adds a moment with these edits, one after the other, in effect from `earliest` or from now on. */
  append(patches: readonly WorldPatch[], earliest: number): Change {
    const { latest } = this;
    const now = this.#now;
    const isSetBack = this.checkClock() || Math.max(latest.at, earliest) > now + CLOCK_TOLERANCE_MS;
    const present = isSetBack ? Math.max(now, this.#nowBeforeSetBack) : now;
    const at = Math.max(present, earliest, latest.at + 1);
    let entry: TimelineEntry = { ...latest, at };
    for (const patch of patches) entry = { ...entry, ...patch(entry) };
    const clockSetBackMs = isSetBack ? at - now : 0;
    if (isSetBack) {
      entry = { ...entry, clockOffsetMs: (latest.clockOffsetMs ?? 0) - clockSetBackMs };
      this.#lead = this.#clocks.wall() - this.#clocks.steady();
    }
    const timeline = [...this.#world.timeline.slice(1 - MAX_ENTRIES), entry] as unknown as World['timeline'];
    this.#world = { ...this.#world, timeline };
    this.#version++;
    return { version: this.#version, at, clockSetBackMs };
  }

  /** The present, in ms of the world's time. */
  get #now(): number {
    return this.#clocks.wall() - this.#clockOffsetMs;
  }

  /** What the present would be if the clock had not been set back. */
  get #nowBeforeSetBack(): number {
    return Math.round(this.#clocks.steady() + this.#lead) - this.#clockOffsetMs;
  }

  get #clockOffsetMs(): number {
    return this.latest.clockOffsetMs ?? 0;
  }
}
