const NEWLINE = 0x0a;

/** Longest line that is kept whole, in bytes. */
const MAX_LINE_BYTES = 1_048_576;

/** What a line that was too long becomes: `text` is what was kept of it, `cutBytes` is how many bytes were not. */
export type CloseLine = (text: string, cutBytes: number) => string;

/** The text, and behind it that it was longer. */
export const markCut: CloseLine = (text, cutBytes) => `${text}${text && ' '}[cut: ${cutBytes} bytes more]`;

export interface LineFramerOptions {
  /** Bytes after which a line that is still going on is cut; 1 MiB by default. */
  readonly maxBytes?: number;
  /** Completes a line that was cut once it has ended; `markCut` by default. */
  readonly close?: CloseLine;
}

/**
 * Cuts a stream of bytes into lines. It looks for the newline byte, which UTF-8 never uses inside a character, and
 * decodes whole lines only: a chunk may end anywhere, in the middle of a character too.
 */
export class LineFramer {
  #held: Buffer[] = [];
  #heldBytes = 0;
  #leftOut = 0;
  #totalLeftOut = 0;
  readonly #maxBytes: number;
  readonly #close: CloseLine;

  constructor({ maxBytes = MAX_LINE_BYTES, close = markCut }: LineFramerOptions = {}) {
    this.#maxBytes = maxBytes;
    this.#close = close;
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
    const lines = this.#heldBytes === 0 ? [] : [this.#finish(chunk.subarray(0, chunk.indexOf(NEWLINE)), this.#close)];
    const from = lines.length === 0 ? 0 : chunk.indexOf(NEWLINE) + 1;
    if (from <= last) lines.push(...chunk.toString('utf8', from, last).split('\n'));
    this.#hold(chunk.subarray(last + 1));
    return lines;
  }

  /** The last line, when the stream ended without a newline. If it was cut it is marked, for how it ends is unknown. */
  end(): string[] {
    return this.#heldBytes === 0 ? [] : [this.#finish(Buffer.alloc(0), markCut)];
  }

  #hold(bytes: Buffer): void {
    const room = this.#maxBytes - this.#heldBytes;
    const kept = bytes.length <= room ? bytes : bytes.subarray(0, room);
    this.#leftOut += bytes.length - kept.length;
    this.#totalLeftOut += bytes.length - kept.length;
    if (kept.length === 0) return;
    this.#held.push(kept);
    this.#heldBytes += kept.length;
  }

  #finish(rest: Buffer, close: CloseLine): string {
    this.#hold(rest);
    const whole = Buffer.concat(this.#held, this.#heldBytes);
    const leftOut = this.#leftOut;
    this.#held = [];
    this.#heldBytes = 0;
    this.#leftOut = 0;
    if (leftOut === 0) return whole.toString('utf8');
    const end = characterStart(whole);
    return close(whole.toString('utf8', 0, end), leftOut + whole.length - end);
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
