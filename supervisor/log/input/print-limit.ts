/** Bytes of the log that the prints of one process may take in a second. */
export const MAX_PRINTED_BYTES = 262_144;
const WINDOW_MS = 1_000;

/** After so long below the limit, the next excess begins a new episode. */
const EPISODE_END_MS = 10_000;

/** A pipe: while it is not read, its process can write little more to it. */
type PausableStream = Pick<NodeJS.ReadableStream, 'pause' | 'resume'>;

/**
 * Limits what a process prints that is no record. Above the limit, none of its streams is read until the second is over,
 * which slows down only that process: it waits for room in its pipe. It is the one exception to the rule that the output
 * of a process is always read.
 */
export class PrintLimit {
  readonly #streams: readonly PausableStream[];
  readonly #onExceeded: () => void;
  #windowStart = performance.now();
  #printedBefore = 0;
  #printed = 0;
  #exceededAt = Number.NEGATIVE_INFINITY;
  #resumeTimer: NodeJS.Timeout | undefined;
  #isLifted = false;

  /** @param onExceeded called once an episode */
  constructor(streams: readonly PausableStream[], onExceeded: () => void) {
    this.#streams = streams;
    this.#onExceeded = onExceeded;
  }

  /** @param bytes what the process has printed so far */
  check(bytes: number): void {
    const now = performance.now();
    if (now - this.#windowStart >= WINDOW_MS) {
      this.#windowStart = now;
      this.#printedBefore = this.#printed;
    }
    this.#printed = bytes;
    if (this.#isLifted || this.#resumeTimer || bytes - this.#printedBefore <= MAX_PRINTED_BYTES) return;
    for (const stream of this.#streams) stream.pause();
    this.#resumeTimer = setTimeout(() => this.#resume(), this.#windowStart + WINDOW_MS - now);
    const isNewEpisode = now - this.#exceededAt > EPISODE_END_MS;
    this.#exceededAt = now;
    if (isNewEpisode) this.#onExceeded();
  }

  /** Ends the limit: the process has exited, and little is left in its pipes. */
  lift(): void {
    this.#isLifted = true;
    this.#resume();
  }

  #resume(): void {
    clearTimeout(this.#resumeTimer);
    this.#resumeTimer = undefined;
    for (const stream of this.#streams) stream.resume();
  }
}
