/** Lines at most this far apart in time are emitted together. */
const QUIET_MS = 25;

/** The longest that a line is delayed, and the most characters that are. */
const MAX_DELAY_MS = 250;
const MAX_CHARACTERS = 262_144;

/**
 * Emits lines that arrive in quick succession together: a stack trace may arrive in several chunks, and the lines of
 * other services must not get into it.
 */
export class LineCoalescer {
  readonly #emit: (lines: readonly string[]) => void;
  #lines: readonly string[] = [];
  #characters = 0;
  #quietTimer: NodeJS.Timeout | undefined;
  #maxDelayTimer: NodeJS.Timeout | undefined;

  constructor(emit: (lines: readonly string[]) => void) {
    this.#emit = emit;
  }

  push(lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#lines = [...this.#lines, ...lines];
    for (const { length } of lines) this.#characters += length;
    clearTimeout(this.#quietTimer);
    this.#quietTimer = setTimeout(() => this.flush(), QUIET_MS);
    this.#maxDelayTimer ??= setTimeout(() => this.flush(), MAX_DELAY_MS);
    if (this.#characters > MAX_CHARACTERS) this.flush();
  }

  /** Emits the delayed lines now. */
  flush(): void {
    clearTimeout(this.#quietTimer);
    clearTimeout(this.#maxDelayTimer);
    this.#maxDelayTimer = undefined;
    const lines = this.#lines;
    this.#lines = [];
    this.#characters = 0;
    if (lines.length > 0) this.#emit(lines);
  }
}
