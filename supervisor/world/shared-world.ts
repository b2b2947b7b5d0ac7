import type { Ratios } from '../../shared/ratios.ts';
import type { TimelineEntry, World } from '../../shared/world.ts';
import { Gaps } from './gaps.ts';
import { type Change, Timeline } from './timeline.ts';
import { type Participants, WorldChanges } from './world-changes.ts';

/** A change of ratios, with those of every service before and after it. */
export interface RatioChange extends Change {
  readonly before: Ratios;
  readonly after: Ratios;
}

/** The world that all services share: its timeline, the changes of it, and what is missing from the log. */
export class SharedWorld {
  readonly gaps = new Gaps();
  readonly #timeline: Timeline;
  readonly #changes: WorldChanges;

  constructor(world: World, participants: Participants) {
    this.#timeline = new Timeline(world);
    this.#changes = new WorldChanges(this.#timeline, participants);
  }

  /** The whole run so far: a replay of it writes the same log. */
  get recorded(): World {
    return { ...this.#timeline.world, gaps: this.gaps.all };
  }

  /** As much of the run as a process needs from now on. */
  get recent(): World {
    return this.#timeline.recent;
  }

  /** The last timeline entry, which may not be in effect yet. */
  get latest(): TimelineEntry {
    return this.#timeline.latest;
  }

  /** The timeline entry that is in effect now. */
  get current(): TimelineEntry {
    return this.#timeline.current;
  }

  /** Version of the last timeline entry. */
  get version(): number {
    return this.#timeline.version;
  }

  /** True from the prepare of a change to its commit, which every process is sent. */
  get isChanging(): boolean {
    return this.#changes.isBusy;
  }

  /** The time stamp of an event at `time` of the world, both in ms. */
  toTimeStamp(time: number): number {
    return this.#timeline.toTimeStamp(time);
  }

  /** Resolves when the change is committed. */
  async changeRatios(changes: Ratios): Promise<RatioChange> {
    let before: Ratios = {};
    let after: Ratios = {};
    const change = await this.#changes.submit((latest) => {
      before = latest.ratios;
      after = { ...before, ...changes };
      return { ratios: after };
    });
    return { ...change, before, after };
  }

  /** Records that a service does not run; returns the version in which that is so. */
  async markDown(name: string): Promise<number> {
    if (this.latest.down.includes(name) && !this.isChanging) return this.version;
    const { version } = await this.#changes.submit(({ down }) => ({ down: [...new Set([...down, name])] }));
    return version;
  }

  /** Records that a service runs again; resolves when that is committed. */
  async markUp(name: string): Promise<void> {
    await this.#changes.submit(({ down }) => ({ down: down.filter((other) => other !== name) }));
  }

  /** Submits a change if the clock was set back: time stamps go back with it, but no line is written twice. */
  checkClock(): void {
    if (this.#timeline.checkClock() && !this.isChanging) void this.#changes.submit(() => ({}));
  }
}
