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
  #buffered: Buffer[] = [];
  #bufferedBytes = 0;
  #truncatedBytes = 0;
  #totalTruncatedBytes = 0;
  readonly #maxBytes: number;
  readonly #close: CloseLine;

  constructor({ maxBytes = MAX_LINE_BYTES, close = markCut }: LineFramerOptions = {}) {
    this.#maxBytes = maxBytes;
    this.#close = close;
  }

  /** Bytes of lines beyond the longest that is kept, of all lines so far. */
  get truncatedBytes(): number {
    return this.#totalTruncatedBytes;
  }

  /** The lines that this chunk completes, without their newlines. */
  push(chunk: Buffer): string[] {
    const last = chunk.lastIndexOf(NEWLINE);
    if (last === -1) {
      this.#buffer(chunk);
      return [];
    }
    const lines =
      this.#bufferedBytes === 0 ? [] : [this.#finish(chunk.subarray(0, chunk.indexOf(NEWLINE)), this.#close)];
    const from = lines.length === 0 ? 0 : chunk.indexOf(NEWLINE) + 1;
    if (from <= last) lines.push(...chunk.toString('utf8', from, last).split('\n'));
    this.#buffer(chunk.subarray(last + 1));
    return lines;
  }

  /** The last line, when the stream ended without a newline. If it was cut it is marked, for how it ends is unknown. */
  end(): string[] {
    return this.#bufferedBytes === 0 ? [] : [this.#finish(Buffer.alloc(0), markCut)];
  }

  #buffer(bytes: Buffer): void {
    const room = this.#maxBytes - this.#bufferedBytes;
    const kept = bytes.length <= room ? bytes : bytes.subarray(0, room);
    this.#truncatedBytes += bytes.length - kept.length;
    this.#totalTruncatedBytes += bytes.length - kept.length;
    if (kept.length === 0) return;
    this.#buffered.push(kept);
    this.#bufferedBytes += kept.length;
  }

  #finish(rest: Buffer, close: CloseLine): string {
    this.#buffer(rest);
    const whole = Buffer.concat(this.#buffered, this.#bufferedBytes);
    const truncatedBytes = this.#truncatedBytes;
    this.#buffered = [];
    this.#bufferedBytes = 0;
    this.#truncatedBytes = 0;
    if (truncatedBytes === 0) return whole.toString('utf8');
    const end = characterStart(whole);
    return close(whole.toString('utf8', 0, end), truncatedBytes + whole.length - end);
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
