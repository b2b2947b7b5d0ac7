const NEWLINE = 0x0a;

/** Longest line that is kept whole, in bytes. */
const LONGEST_LINE = 1_048_576;

/**
 * Cuts a stream of bytes into lines. It looks for the newline byte, which UTF-8 never uses inside a character, and
 * decodes whole lines only: a chunk may end anywhere, in the middle of a character too.
 */
export class LineFramer {
  #held: Buffer[] = [];
  #heldBytes = 0;
  #leftOut = 0;
  #totalLeftOut = 0;
  readonly #longest: number;

  /** @param longest bytes after which a line that is still going on is cut and marked */
  constructor(longest: number = LONGEST_LINE) {
    this.#longest = longest;
  }

  /** Bytes of lines beyond the longest that is kept, of all lines so far. */
  get leftOut(): number {
    return this.#totalLeftOut;
  }

  /** The lines that this chunk completes, without their newlines. */
  push(chunk: Buffer): string[] {
    const last = chunk.lastIndexOf(NEWLINE);
    if (last === -1) {
      this.#hold(chunk);
      return [];
    }
    const lines = this.#heldBytes === 0 ? [] : [this.#finish(chunk.subarray(0, chunk.indexOf(NEWLINE)))];
    const from = lines.length === 0 ? 0 : chunk.indexOf(NEWLINE) + 1;
    if (from <= last) lines.push(...chunk.toString('utf8', from, last).split('\n'));
    this.#hold(chunk.subarray(last + 1));
    return lines;
  }

  /** The last line, when the stream ended without a newline. */
  end(): string[] {
    return this.#heldBytes === 0 ? [] : [this.#finish(Buffer.alloc(0))];
  }

  #hold(bytes: Buffer): void {
    const room = this.#longest - this.#heldBytes;
    const kept = bytes.length <= room ? bytes : bytes.subarray(0, room);
    this.#leftOut += bytes.length - kept.length;
    this.#totalLeftOut += bytes.length - kept.length;
    if (kept.length === 0) return;
    this.#held.push(kept);
    this.#heldBytes += kept.length;
  }

  #finish(rest: Buffer): string {
    this.#hold(rest);
    const whole = Buffer.concat(this.#held, this.#heldBytes);
    const leftOut = this.#leftOut;
    this.#held = [];
    this.#heldBytes = 0;
    this.#leftOut = 0;
    if (leftOut === 0) return whole.toString('utf8');
    const end = characterStart(whole);
    return `${whole.toString('utf8', 0, end)} [cut: ${leftOut + whole.length - end} bytes more]`;
  }
}

/** End of the last whole character: a cut may have fallen inside one. */
function characterStart(bytes: Buffer): number {
  let start = bytes.length - 1;
  while (start > 0 && ((bytes[start] as number) & 0xc0) === 0x80) start--;
  const lead = bytes[start] as number;
  const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return start + length === bytes.length ? bytes.length : start;
}
