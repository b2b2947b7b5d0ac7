import { escapeControlChars, formatTimestamp } from '../../shared/record.ts';
import type { Value } from './value.ts';

const ZERO = 0x30;
const ASCII = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const NEWLINE = 0x0a;
const encoder = new TextEncoder();

/**
 * Constant texts in UTF-8: for each its length in bytes, then its bytes, packed four to a word, which halves the time to
 * copy them. Texts that are written together stand in one array, so that few lines of the processor's cache are read.
 */
export type Pieces = Int32Array;

/** Encodes texts, with control characters escaped, so that they cannot split a line. */
export function encodePieces(texts: readonly string[]): Pieces {
  const encoded = texts.map((text) => encoder.encode(escapeControlChars(text)));
  const pieces = new Int32Array(encoded.reduce((sum, { length }) => sum + wordsOf(length), encoded.length));
  let word = 0;
  for (const bytes of encoded) {
    pieces[word++] = bytes.length;
    for (let at = 0; at < bytes.length; at++) {
      const shifted = (bytes[at] as number) << (8 * (at & 3));
      pieces[word + (at >>> 2)] = (pieces[word + (at >>> 2)] as number) | shifted;
    }
    word += wordsOf(bytes.length);
  }
  return pieces;
}

/** Encodes one text. */
export function encodePiece(text: string): Pieces {
  return encodePieces([text]);
}

/** How many words so many bytes take. */
function wordsOf(bytes: number): number {
  return (bytes + 3) >>> 2;
}

/** A text that is also written as bytes, which are packed when they are first needed. */
export class PackedText {
  readonly text: string;
  #piece: Pieces | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get piece(): Pieces {
    this.#piece ??= encodePiece(this.text);
    return this.#piece;
  }
}

const DAY_MS = 86_400_000;

/**
 * Builds text directly as UTF-8 bytes. Strings would take three times as long: each append makes an object, which is later
 * copied into the whole and collected.
 */
export class TextBuffer {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #length = 0;
  /** Day of the last time stamp, in days since the epoch. */
  #day = Number.NaN;
  /** The time stamp of its first instant. */
  #midnight = encodePiece('');

  /** @param capacity expected length in bytes; the buffer grows when needed */
  constructor(capacity = 65_536) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** The bytes written. The buffer must not be used afterwards. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Appends an instant (ms since the epoch) as `formatTimestamp` formats it. */
  time(ms: number): void {
    const day = Math.floor(ms / DAY_MS);
    if (day !== this.#day) {
      this.#day = day;
      this.#midnight = encodePiece(formatTimestamp(day * DAY_MS));
    }
    this.piece(this.#midnight);
    const msOfDay = (ms - day * DAY_MS) | 0;
    const seconds = (msOfDay / 1000) | 0;
    const minutes = (seconds / 60) | 0;
    const hours = (minutes / 60) | 0;
    const end = this.#length;
    this.#digits(end - 11, hours);
    this.#digits(end - 8, minutes - hours * 60);
    this.#digits(end - 5, seconds - minutes * 60);
    this.#digits(end - 1, msOfDay - seconds * 1000);
  }

  /**
   * Appends a constant text.
   * @param from index at which it begins
   * @returns the index after it, at which the next one begins
   */
  piece(pieces: Pieces, from = 0): number {
    const length = pieces[from] as number;
    // The unused bytes of the last word are overwritten by what follows.
    this.#reserve(length + 3);
    const view = this.#view;
    const end = from + 1 + wordsOf(length);
    let at = this.#length;
    this.#length = at + length;
    for (let i = from + 1; i < end; i++, at += 4) view.setInt32(at, pieces[i] as number, true);
    return end;
  }

  /** Appends a value, with control characters escaped. */
  value(value: Value): void {
    if (typeof value === 'string') this.#text(value);
    else if (value >= 0 && value <= 0x7fffffff && Number.isInteger(value)) this.#wholeNumber(value);
    else this.#text(String(value));
  }

  /** Appends the first `digits` (at most 8) hexadecimal digits of a key. */
  hex(key: number, digits = 8): void {
    this.#reserve(digits);
    const bytes = this.#bytes;
    const at = this.#length;
    for (let i = 0; i < digits; i++) bytes[at + i] = ASCII[(key >>> (28 - 4 * i)) & 15] as number;
    this.#length = at + digits;
  }

  /** Appends a newline. */
  endLine(): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = NEWLINE;
  }

  /** Writes the digits of a number over the zeros that end before `end`. */
  #digits(end: number, value: number): void {
    for (let at = end - 1, rest = value; rest > 0; at--) {
      const tenth = (rest / 10) | 0;
      this.#bytes[at] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
  }

  #wholeNumber(value: number): void {
    let digits = 1;
    for (let bound = 10; bound <= value; bound *= 10) digits++;
    this.#reserve(digits);
    this.#bytes[this.#length] = ZERO;
    this.#length += digits;
    this.#digits(this.#length, value | 0);
  }

  #text(text: string): void {
    const { length } = text;
    this.#reserve(length);
    const bytes = this.#bytes;
    const at = this.#length;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      // A control character or one beyond ASCII: start over, slowly.
      if (code < 0x20 || code > 0x7e) {
        this.piece(encodePiece(text));
        return;
      }
      bytes[at + i] = code;
    }
    this.#length = at + length;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * this.#bytes.length + count);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
