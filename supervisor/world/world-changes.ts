import type { Change, Timeline, WorldPatch } from './timeline.ts';

interface PendingChange {
  readonly patch: WorldPatch;
  readonly resolve: (change: Change) => void;
}

/** The processes that take part in a change. */
export interface Participants {
  /**
   * Asks every process that writes to write nothing more until it gets that version of the world.
   * @returns the instants up to which they have written, in ms of the world's time
   */
  prepare(version: number): Promise<readonly number[]>;
  /** Sends every process the world with the change in it. */
  commit(change: Change): void;
}

/**
 * Two-phase changes of the world, one at a time: every process prepares, the change is dated after all that they have
 * written, and is committed. So no line is written under a world that had already changed. Changes that are submitted
 * during a prepare share one timeline entry.
 */
export class WorldChanges {
  readonly #timeline: Timeline;
  readonly #participants: Participants;
  #pending: readonly PendingChange[] = [];
  #isBusy = false;

  constructor(timeline: Timeline, participants: Participants) {
    this.#timeline = timeline;
    this.#participants = participants;
  }

  /** True from a prepare to its commit. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Resolves when the change is committed; it may not be in effect yet. */
  submit(patch: WorldPatch): Promise<Change> {
    return new Promise((resolve) => {
      this.#pending = [...this.#pending, { patch, resolve }];
      if (!this.#isBusy) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    while (this.#pending.length > 0) {
      const writtenUntil = await this.#participants.prepare(this.#timeline.version + 1);
      const pending = this.#pending;
      this.#pending = [];
      const patches = pending.map(({ patch }) => patch);
      const change = this.#timeline.append(patches, Math.max(0, ...writtenUntil));
      this.#participants.commit(change);
      for (const { resolve } of pending) resolve(change);
    }
    this.#isBusy = false;
  }
}
