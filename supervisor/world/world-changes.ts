import type { Change, Timeline, WorldPatch } from './timeline.ts';

interface PendingChange {
  readonly edit: WorldPatch;
  readonly done: (change: Change) => void;
}

export interface Participants {
  /**
   * Asks every process that writes to stop short for that version.
   * @returns the instants up to which they have written, in ms since the Unix epoch
   */
  prepare(version: number): Promise<readonly number[]>;
  /** Tells every process the world with the change in it. */
  commit(change: Change): void;
}

/**
 * Changes of the world, one at a time: every process stops short, the change is dated when none has written past it,
 * and all go on in the new world. So no line is ever written under a world that had changed by then. What is asked
 * for while they stop becomes part of the same moment.
 */
export class WorldChanges {
  readonly #timeline: Timeline;
  readonly #participants: Participants;
  #pending: PendingChange[] = [];
  #isBusy = false;

  constructor(timeline: Timeline, audience: Participants) {
    this.#timeline = timeline;
    this.#participants = audience;
  }

  /** True between the request to stop short and the new world. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Resolves when every process has been told. */
  submit(edit: WorldPatch): Promise<Change> {
    return new Promise((done) => {
      this.#pending.push({ edit, done });
      if (!this.#isBusy) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    while (this.#pending.length > 0) {
      const written = await this.#participants.prepare(this.#timeline.version + 1);
      const pending = this.#pending;
      this.#pending = [];
      const edits = pending.map(({ edit }) => edit);
      const change = this.#timeline.append(edits, Math.max(0, ...written));
      this.#participants.commit(change);
      for (const { done } of pending) done(change);
    }
    this.#isBusy = false;
  }
}
