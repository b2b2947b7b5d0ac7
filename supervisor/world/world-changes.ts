import type { Change, Edit, Timeline } from './timeline.ts';

interface Asked {
  readonly edit: Edit;
  readonly made: (change: Change) => void;
}

export interface Audience {
  /**
   * Asks every process that writes to stop short for that version.
   * @returns the instants up to which they have written, in ms since the Unix epoch
   */
  hold(version: number): Promise<readonly number[]>;
  /** Tells every process the world with the change in it. */
  tell(change: Change): void;
}

/**
 * Changes of the world, one at a time: every process stops short, the change is dated when none has written past it,
 * and all go on in the new world. So no line is ever written under a world that had changed by then. What is asked
 * for while they stop becomes part of the same moment.
 */
export class WorldChanges {
  readonly #timeline: Timeline;
  readonly #audience: Audience;
  #asked: Asked[] = [];
  #isBusy = false;

  constructor(timeline: Timeline, audience: Audience) {
    this.#timeline = timeline;
    this.#audience = audience;
  }

  /** True between the request to stop short and the new world. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Resolves when every process has been told. */
  make(edit: Edit): Promise<Change> {
    return new Promise((made) => {
      this.#asked.push({ edit, made });
      if (!this.#isBusy) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    while (this.#asked.length > 0) {
      const written = await this.#audience.hold(this.#timeline.version + 1);
      const asked = this.#asked;
      this.#asked = [];
      const edits = asked.map(({ edit }) => edit);
      const change = this.#timeline.append(edits, Math.max(0, ...written));
      this.#audience.tell(change);
      for (const { made } of asked) made(change);
    }
    this.#isBusy = false;
  }
}
