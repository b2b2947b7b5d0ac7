import type { Batch } from '../../log/batch.ts';

/** Lines are kept in chunks of this many bytes, of a small ring in four; a larger batch is a chunk of its own. */
const CHUNK_BYTES = 65_536;
const MIN_CHUNKS = 4;

const NEWLINE = 0x0a;

/** A place between two lines of the log, counted from its begin. */
export interface Position {
  readonly byte: number;
  readonly line: number;
}

interface Chunk {
  readonly begin: Position;
  readonly buffer: Buffer;
  /** How many bytes are in it. */
  bytes: number;
}

/** The last lines of the log, as bytes, up to a bound. */
export class LineRing {
  readonly #maxBytes: number;
  /** The oldest first. */
  readonly #chunks: Chunk[] = [];
  #capacity = 0;
  #end: Position = { byte: 0, line: 0 };

  /** @param maxBytes bound of the memory that it takes */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** After the last line. */
  get end(): Position {
    return this.#end;
  }

  /** Before the oldest line that is kept. */
  get begin(): Position {
    return this.#chunks[0]?.begin ?? this.#end;
  }

  push(batch: Batch): void {
    const { bytes, lines } = batch.bytes.length <= this.#maxBytes ? batch : this.#lastPartOf(batch);
    const chunk = this.#chunkFor(bytes.length);
    bytes.copy(chunk.buffer, chunk.bytes);
    chunk.bytes += bytes.length;
    this.#end = { byte: this.#end.byte + bytes.length, line: this.#end.line + lines };
  }

  /** The lines from a position on that are still kept, in pieces of whole lines, the oldest first. */
  since({ byte }: Position): readonly Buffer[] {
    const pieces: Buffer[] = [];
    for (let index = this.#chunks.length - 1; index >= 0; index--) {
      const { begin, buffer, bytes } = this.#chunks[index] as Chunk;
      if (begin.byte + bytes <= byte) break;
      pieces.push(buffer.subarray(Math.max(0, byte - begin.byte), bytes));
    }
    return pieces.reverse();
  }

  #chunkFor(bytes: number): Chunk {
    const last = this.#chunks.at(-1);
    if (last && last.bytes + bytes <= last.buffer.length) return last;
    const size = Math.max(Math.min(CHUNK_BYTES, Math.floor(this.#maxBytes / MIN_CHUNKS)), bytes);
    while (this.#chunks.length > 0 && this.#capacity + size > this.#maxBytes) {
      this.#capacity -= (this.#chunks.shift() as Chunk).buffer.length;
    }
    const chunk = { begin: this.#end, buffer: Buffer.allocUnsafeSlow(size), bytes: 0 };
    this.#chunks.push(chunk);
    this.#capacity += size;
    return chunk;
  }

  /** A batch of a backfill may be larger than all that is kept: then its last lines are. */
  #lastPartOf({ bytes, lines }: Batch): Pick<Batch, 'bytes' | 'lines'> {
    this.#chunks.length = 0;
    this.#capacity = 0;
    const from = bytes.indexOf(NEWLINE, bytes.length - this.#maxBytes) + 1;
    const part = bytes.subarray(from);
    let kept = 0;
    for (let at = part.indexOf(NEWLINE); at >= 0; at = part.indexOf(NEWLINE, at + 1)) kept++;
    this.#end = { byte: this.#end.byte + from, line: this.#end.line + lines - kept };
    return { bytes: part, lines: kept };
  }
}
