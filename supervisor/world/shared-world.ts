import type { Incident } from '../../shared/incident.ts';
import type { Ratios } from '../../shared/ratios.ts';
import { ratioInEffect } from '../../shared/ratios-in-effect.ts';
import type { ScenarioPlan } from '../../shared/scenario-plan.ts';
import type { TimelineEntry, World } from '../../shared/world.ts';
import { Gaps } from './gaps.ts';
import { type RatioMove, ratioMoves, ratiosSetIn, withIncident, withIncidentEnded } from './incident-changes.ts';
import { type Change, Timeline } from './timeline.ts';
import { type Participants, WorldChanges } from './world-changes.ts';

/** A change of ratios, with those of every service before and after it. */
export interface RatioChange extends Change {
  readonly before: Ratios;
  readonly after: Ratios;
}

/** Decides everything about an incident that begins at an instant, in ms of the world's time. */
export type IncidentPlan = (at: number) => Incident;

/** The world that all services share: its timeline, the changes of it, and what is missing from the log. */
export class SharedWorld {
  readonly gaps = new Gaps();
  readonly #timeline: Timeline;
  readonly #changes: WorldChanges;
  #movesTakenUntil: number;

  constructor(world: World, participants: Participants) {
    this.#timeline = new Timeline(world);
    this.#changes = new WorldChanges(this.#timeline, participants);
    this.#movesTakenUntil = this.latest.at;
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

  /** The present, in ms of the world's time. */
  get now(): number {
    return this.#timeline.now;
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

  /** What incidents make of the ratios of an entry of the timeline now, or when it takes effect. */
  ratiosInEffect(entry: TimelineEntry): Ratios {
    const at = Math.max(this.now, entry.at);
    return Object.fromEntries(Object.keys(entry.ratios).map((name) => [name, ratioInEffect(entry, name, at)]));
  }

  /** Resolves when the change is committed. A ratio that is set during an incident is in effect as it is until that ends. */
  async changeRatios(changes: Ratios): Promise<RatioChange> {
    let before: Ratios = {};
    let after: Ratios = {};
    const change = await this.#changes.submit((latest) => {
      before = latest.ratios;
      after = { ...before, ...changes };
      return { ratios: after, ...ratiosSetIn(latest, Object.keys(changes)) };
    });
    return { ...change, before, after };
  }

  /** Resolves when the incident is part of the world; it begins with that entry of the timeline. */
  startIncident(plan: IncidentPlan): Promise<Change> {
    return this.#changes.submit((latest) => withIncident(latest, plan(latest.at)));
  }

  /**
   * Resolves when the recovery of the incident has begun, or it is over.
   * @param isAtOnce without a recovery
   */
  stopIncident(id: string, isAtOnce: boolean): Promise<Change> {
    return this.#changes.submit((latest) => withIncidentEnded(latest, id, isAtOnce));
  }

  /** The ratios that incidents have moved otherwise since it was last asked, in order of time. */
  takeRatioMoves(): readonly RatioMove[] {
    const { latest } = this;
    // Not the present itself: an incident may still be started in this millisecond.
    const until = Math.max(this.now - 1, latest.at);
    const moves = ratioMoves(latest, this.#movesTakenUntil, until);
    this.#movesTakenUntil = Math.max(this.#movesTakenUntil, until);
    return moves;
  }

  /** Adds what a scenario has planned for later; resolves when that is committed. */
  plan({ incidents, surges }: Pick<ScenarioPlan, 'incidents' | 'surges'>): Promise<Change> {
    this.#timeline.addSurges(surges);
    return this.#changes.submit((latest) => ({ incidents: [...(latest.incidents ?? []), ...incidents] }));
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
