import { latestMoment, type Moment, momentAt, trimWorld, type World } from '../shared/world.ts';

/** A last moment further ahead than this, in ms, was dated by a clock that has since been set back. */
const CLOCK_SET_BACK = 1_000;

/** How far back a process is told the timeline, in ms: longer than the longest journey. */
const TOLD = 600_000;

/** Moments kept to replay the run; the oldest go first. */
const KEPT = 10_000;

/** What a moment changes of the one before it. */
export type Edit = (latest: Moment) => Partial<Pick<Moment, 'ratios' | 'down'>>;

export interface Change {
  /** Counts the moments so far. */
  readonly version: number;
  /** Instant from which it holds, in ms since the Unix epoch. */
  readonly at: number;
}

/** The world that the supervisor owns. Its moments only ever ascend, and none is changed once it is made. */
export class Timeline {
  #world: World;
  #version = 1;
  readonly #now: () => number;

  constructor(world: World, now: () => number = Date.now) {
    this.#world = world;
    this.#now = now;
  }

  get version(): number {
    return this.#version;
  }

  /** What was asked for last, whether it holds already or in a moment. */
  get latest(): Moment {
    return latestMoment(this.#world.timeline);
  }

  /** What holds now. */
  get current(): Moment {
    return momentAt(this.#world.timeline, this.#now());
  }

  /** The whole run, to replay it. */
  get world(): World {
    return this.#world;
  }

  /** As much of it as a process needs from now on. */
  get recent(): World {
    return trimWorld(this.#world, this.#now() - TOLD);
  }

  /** Adds a moment with these edits, one after the other, that holds from `earliest` or from now on. */
  append(edits: readonly Edit[], earliest: number): Change {
    const { latest } = this;
    const soon = Math.max(this.#now(), earliest);
    const at = latest.at >= soon && latest.at < soon + CLOCK_SET_BACK ? latest.at + 1 : soon;
    let moment: Moment = { ...latest, at };
    for (const edit of edits) moment = { ...moment, ...edit(moment) };
    const before = this.#world.timeline.filter((other) => other.at < at).slice(1 - KEPT);
    this.#world = { ...this.#world, timeline: [...before, moment] as unknown as World['timeline'] };
    this.#version++;
    return { version: this.#version, at };
  }
}
