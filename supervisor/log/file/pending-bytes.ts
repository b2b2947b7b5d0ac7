import { countLines, lineStart } from './line-ends.ts';

/** Bytes on their way to a file, and how far they have got. */
export class PendingBytes {
  readonly bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get offset(): number {
    return this.#offset;
  }

  get length(): number {
    return this.bytes.length - this.#offset;
  }

  /** How many lines are not written to their end. */
  get lines(): number {
    return countLines(this.bytes, this.#offset);
  }

  /** How much of the line that has begun is written, in bytes. */
  get partOfLine(): number {
    return this.#offset - lineStart(this.bytes, this.#offset);
  }

  /** Everything before `offset` is written. */
  advanceTo(offset: number): void {
    this.#offset = offset;
  }

  /** Writes the line that has begun once more, from its start. */
  repeatLine(): void {
    this.#offset -= this.partOfLine;
  }
}

export const NO_BYTES = new PendingBytes(Buffer.alloc(0));
