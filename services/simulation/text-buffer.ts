import { escapeControlChars, formatTimestamp } from '../../shared/record.ts';
import type { Value } from './value.ts';

const ZERO = 0x30;
const ASCII = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const NEWLINE = 0x0a;
const encoder = new TextEncoder();

/** A constant text in UTF-8, packed four bytes to a word: that halves the time to copy it. */
export interface Piece {
  /** Little-endian; unused bytes of the last one are zero. */
  readonly words: Int32Array;
  /** In bytes. */
  readonly length: number;
}

/** Encodes a text, with control characters escaped, so that it cannot split a line. */
export function encodePiece(text: string): Piece {
  const bytes = encoder.encode(escapeControlChars(text));
  const words = new Int32Array(Math.ceil(bytes.length / 4));
  for (let at = 0; at < bytes.length; at++) {
    words[at >>> 2] = (words[at >>> 2] as number) | ((bytes[at] as number) << (8 * (at & 3)));
  }
  return { words, length: bytes.length };
}

/** A text that is also written as bytes, which are packed when they are first needed. */
export class PackedText {
  readonly text: string;
  #piece: Piece | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get piece(): Piece {
    this.#piece ??= encodePiece(this.text);
    return this.#piece;
  }
}

const DAY_MS = 86_400_000;
const TIME_OF_DAY = encodePiece('00:00:00.000Z');

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
  /** Its text up to the time of day. */
  #date = encodePiece('');

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
      this.#date = encodePiece(formatTimestamp(day * DAY_MS).slice(0, -TIME_OF_DAY.length));
    }
    this.piece(this.#date);
    this.piece(TIME_OF_DAY);
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

  /** Appends a constant text. */
  piece({ words, length }: Piece): void {
    // The unused bytes of the last word are overwritten by what follows.
    this.#reserve(length + 3);
    const view = this.#view;
    let at = this.#length;
    this.#length = at + length;
    for (let i = 0; i < words.length; i++, at += 4) view.setInt32(at, words[i] as number, true);
  }

  /** Appends a value, with control characters escaped. */
  value(value: Value): void {
    if (typeof value === 'string') this.#text(value);
    else if (value >= 0 && value < 1e9 && Number.isInteger(value)) this.#wholeNumber(value);
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
