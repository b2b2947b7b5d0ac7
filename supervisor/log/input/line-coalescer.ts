/** Lines that follow one another within this time belong together, in ms. */
const QUIET = 25;

/** They are held no longer than this, in ms, and no more of them, in characters. */
const LONGEST = 250;
const MOST = 262_144;

/**
 * Lines that arrive in quick succession, handed on together: a stack trace may come in several chunks, between which
 * the lines of others would get into it.
 */
export class Gathering {
  readonly #hand: (lines: readonly string[]) => void;
  #lines: readonly string[] = [];
  #length = 0;
  #quiet: NodeJS.Timeout | undefined;
  #longest: NodeJS.Timeout | undefined;

  constructor(hand: (lines: readonly string[]) => void) {
    this.#hand = hand;
  }

  push(lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#lines = [...this.#lines, ...lines];
    for (const { length } of lines) this.#length += length;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.flush(), QUIET);
    this.#longest ??= setTimeout(() => this.flush(), LONGEST);
    if (this.#length > MOST) this.flush();
  }

  /** Hands on what is held. */
  flush(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#longest);
    this.#longest = undefined;
    const lines = this.#lines;
    this.#lines = [];
    this.#length = 0;
    if (lines.length > 0) this.#hand(lines);
  }
}
