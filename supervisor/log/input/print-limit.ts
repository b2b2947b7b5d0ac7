/** Most bytes of the log that what one process prints may take in a second. */
export const MAX_PRINTED_BYTES = 262_144;
const WINDOW_MS = 1_000;

/** A process that has stayed below the limit for so long, in ms, begins a new episode when it exceeds it again. */
const EPISODE_END_MS = 10_000;

/** What is limited: a stream that its process cannot fill much further while it is not read. */
type Limited = Pick<NodeJS.ReadableStream, 'pause' | 'resume'>;

/**
 * Limits what a process prints that is no record. Over the limit none of its streams is read until the second is over:
 * that slows down this process, which waits for room in its pipe, and nothing else. It is the one exception to the rule
 * that what a process writes is always read.
 */
export class PrintLimit {
  readonly #streams: readonly Limited[];
  readonly #onExceeded: () => void;
  #windowStart = performance.now();
  #printedBefore = 0;
  #printed = 0;
  #exceededAt = Number.NEGATIVE_INFINITY;
  #resuming: NodeJS.Timeout | undefined;
  #isLifted = false;

  /** @param onExceeded called once an episode */
  constructor(streams: readonly Limited[], onExceeded: () => void) {
    this.#streams = streams;
    this.#onExceeded = onExceeded;
  }

  /** @param bytes that the process has printed so far */
  check(bytes: number): void {
    const now = performance.now();
    if (now - this.#windowStart >= WINDOW_MS) this.#openWindow(now);
    this.#printed = bytes;
    if (this.#isLifted || this.#resuming || bytes - this.#printedBefore <= MAX_PRINTED_BYTES) return;
    for (const stream of this.#streams) stream.pause();
    this.#resuming = setTimeout(() => this.#resume(), this.#windowStart + WINDOW_MS - now);
    const isNew = now - this.#exceededAt > EPISODE_END_MS;
    this.#exceededAt = now;
    if (isNew) this.#onExceeded();
  }

  /** From now on there is no limit: the process has ended, and what is left in its pipes is little. */
  lift(): void {
    this.#isLifted = true;
    this.#resume();
  }

  #openWindow(now: number): void {
    this.#windowStart = now;
    this.#printedBefore = this.#printed;
  }

  #resume(): void {
    clearTimeout(this.#resuming);
    this.#resuming = undefined;
    for (const stream of this.#streams) stream.resume();
  }
}
