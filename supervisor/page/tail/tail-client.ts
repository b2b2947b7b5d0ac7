import { type EventStream, formatEvent } from '../stream/event-stream.ts';
import type { StreamClient } from '../stream/streams.ts';
import type { TailRequest } from './line-filter.ts';
import type { LineRing, Position } from './line-ring.ts';
import { pastLines } from './past-lines.ts';

/** Lines and bytes that a client is sent per quarter of a second: more than anybody reads. */
const MAX_LINES = 300;
const MAX_BYTES = 262_144;

/** One client that is sent lines of the log: first those of the past that are wanted, be there any or not. */
export class TailClient implements StreamClient {
  readonly #stream: EventStream;
  readonly #ring: LineRing;
  readonly #filter: TailRequest['filter'];
  #position: Position;
  #hasPast = false;
  #skipped = 0;

  constructor(stream: EventStream, ring: LineRing, { filter, past }: TailRequest) {
    this.#stream = stream;
    this.#ring = ring;
    this.#filter = filter;
    this.#position = ring.end;
    void pastLines(ring.since(ring.begin), filter, past).then((lines) => {
      this.#send(lines);
      this.#hasPast = true;
    });
  }

  tick(): void {
    if (!this.#hasPast) return;
    const { isBehind } = this.#stream;
    const lines = this.#take(isBehind ? 0 : MAX_LINES);
    if (lines.length > 0) this.#send(lines);
    else if (!isBehind) this.#stream.keepAlive();
  }

  end(): void {
    this.#stream.end();
  }

  #send(lines: readonly string[]): void {
    this.#stream.send(formatEvent({ type: 'lines', data: { lines, skipped: this.#skipped } }));
    this.#skipped = 0;
  }

  /** The first lines since the last ones that are wanted; counts the others as skipped. */
  #take(maxLines: number): readonly string[] {
    const taken: string[] = [];
    let bytes = 0;
    let wanted = 0;
    const isFull = () => taken.length >= maxLines || bytes >= MAX_BYTES;
    for (const piece of this.#ring.since(this.#position)) {
      // Without a filter the rest need not be looked at.
      if (!this.#filter && isFull()) break;
      for (const line of piece.toString('utf8', 0, piece.length - 1).split('\n')) {
        if (this.#filter && !this.#filter(line)) continue;
        wanted++;
        if (isFull()) continue;
        taken.push(line);
        bytes += line.length;
      }
    }
    const { begin, end } = this.#ring;
    // What is no longer kept was not looked at, and counts as wanted.
    const lost = Math.max(0, begin.line - this.#position.line);
    this.#skipped += (this.#filter ? lost + wanted : end.line - this.#position.line) - taken.length;
    this.#position = end;
    return taken;
  }
}
