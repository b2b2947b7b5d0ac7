const NEWLINE = 0x0a;

/** Longest line that is kept whole, in bytes. */
const MAX_LINE_BYTES = 1_048_576;

/** Completes a line that was too long: `text` is the part that was kept, `cutBytes` the size of the rest. */
export type CloseLine = (text: string, cutBytes: number) => string;

/** The text with a note that it was longer. */
export const markCut: CloseLine = (text, cutBytes) => `${text}${text && ' '}[cut: ${cutBytes} bytes more]`;

/**
 * Splits a stream of bytes into lines. It looks for the byte of a newline, which UTF-8 has in no other character, and
 * decodes whole lines only, so a chunk may end inside a character.
 */
export class LineFramer {
  #buffered: Buffer[] = [];
  #bufferedBytes = 0;
  #cutBytes = 0;
  #totalCutBytes = 0;
  readonly #close: CloseLine;
  readonly #maxBytes: number;

  /**
   * @param close completes a cut line once its newline has arrived
   * @param maxBytes length above which a line is cut
   */
  constructor(close: CloseLine = markCut, maxBytes: number = MAX_LINE_BYTES) {
    this.#close = close;
    this.#maxBytes = maxBytes;
  }

  /** Whether the next chunk continues a line. */
  get isMidLine(): boolean {
    return this.#bufferedBytes > 0;
  }

  /** Bytes cut from all lines so far. */
  get totalCutBytes(): number {
    return this.#totalCutBytes;
  }

  /** The lines that this chunk completes, without their newlines. */
  push(chunk: Buffer): string[] {
    const last = chunk.lastIndexOf(NEWLINE);
    if (last === -1) {
      this.#buffer(chunk);
      return [];
    }
    const lines: string[] = [];
    let from = 0;
    if (this.isMidLine) {
      const first = chunk.indexOf(NEWLINE);
      lines.push(this.#finish(chunk.subarray(0, first), this.#close));
      from = first + 1;
    }
    if (from <= last) lines.push(...chunk.toString('utf8', from, last).split('\n'));
    this.#buffer(chunk.subarray(last + 1));
    return lines;
  }

  /** The last line, when the stream ended without a newline. If it was cut, it gets `markCut`: its end is unknown. */
  end(): string[] {
    return this.isMidLine ? [this.#finish(Buffer.alloc(0), markCut)] : [];
  }

  #buffer(bytes: Buffer): void {
    const kept = bytes.subarray(0, this.#maxBytes - this.#bufferedBytes);
    this.#cutBytes += bytes.length - kept.length;
    this.#totalCutBytes += bytes.length - kept.length;
    if (kept.length === 0) return;
    this.#buffered.push(kept);
    this.#bufferedBytes += kept.length;
  }

  #finish(rest: Buffer, close: CloseLine): string {
    this.#buffer(rest);
    const bytes = Buffer.concat(this.#buffered, this.#bufferedBytes);
    const cutBytes = this.#cutBytes;
    this.#buffered = [];
    this.#bufferedBytes = 0;
    this.#cutBytes = 0;
    if (cutBytes === 0) return bytes.toString('utf8');
    const end = lastCharacterEnd(bytes);
    return close(bytes.toString('utf8', 0, end), cutBytes + bytes.length - end);
  }
}

/** End of the last character that is complete in UTF-8: a line may be cut inside one. */
function lastCharacterEnd(bytes: Buffer): number {
  let start = bytes.length - 1;
  while (start > 0 && ((bytes[start] as number) & 0xc0) === 0x80) start--;
  const lead = bytes[start] as number;
  const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return start + length === bytes.length ? bytes.length : start;
}
