/** Lines that follow one another within this time belong together, in ms. */
const QUIET_MS = 25;

/** They are held no longer than this, in ms, and no more of them, in characters. */
const MAX_DELAY_MS = 250;
const MAX_CHARACTERS = 262_144;

/**
 * Lines that arrive in quick succession, handed on together: a stack trace may come in several chunks, between which
 * the lines of others would get into it.
 */
export class LineCoalescer {
  readonly #emit: (lines: readonly string[]) => void;
  #lines: readonly string[] = [];
  #length = 0;
  #quiet: NodeJS.Timeout | undefined;
  #longest: NodeJS.Timeout | undefined;

  constructor(emit: (lines: readonly string[]) => void) {
    this.#emit = emit;
  }

  push(lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#lines = [...this.#lines, ...lines];
    for (const { length } of lines) this.#length += length;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.flush(), QUIET_MS);
    this.#longest ??= setTimeout(() => this.flush(), MAX_DELAY_MS);
    if (this.#length > MAX_CHARACTERS) this.flush();
  }

  /** Hands on what is held. */
  flush(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#longest);
    this.#longest = undefined;
    const lines = this.#lines;
    this.#lines = [];
    this.#length = 0;
    if (lines.length > 0) this.#emit(lines);
  }
}
