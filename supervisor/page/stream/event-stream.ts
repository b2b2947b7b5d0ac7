import type { ServerResponse } from 'node:http';
import { type FleetEvent, HEARTBEAT_MS, type TailLines } from '../../../shared/page-api.ts';

/** Bytes that wait for a client: above this it is behind. A snapshot of a busy fleet of five services has 100 KB. */
const MAX_WAITING_BYTES = 262_144;

/** How often streams are looked after, in ms. */
export const STREAM_TICK_MS = 250;

/** Silence after which a heartbeat is sent: early enough if it is looked for that often, on a busy machine too. */
const MAX_SILENCE_MS = HEARTBEAT_MS - 4 * STREAM_TICK_MS;

/** What clients are sent. */
type StreamEvent = FleetEvent | { readonly type: 'lines'; readonly data: TailLines };

/** An event in the form of `text/event-stream`. */
export function formatEvent({ type, data }: StreamEvent): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The part of a response that a stream needs. */
export type StreamResponse = Pick<ServerResponse, 'writeHead' | 'write' | 'end' | 'writableLength'>;

/** Server-sent events to one client. What it does not read is bounded: while it is behind it must not be sent more. */
export class EventStream {
  readonly #response: StreamResponse;
  #isBehind = false;
  #isEnded = false;
  #lastSentAt = performance.now();

  constructor(response: StreamResponse) {
    this.#response = response;
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    this.send(': \n\n');
  }

  /** Whether more waits for the client than it may; until it has read it all. */
  get isBehind(): boolean {
    const { writableLength } = this.#response;
    this.#isBehind = this.#isBehind ? writableLength > 0 : writableLength > MAX_WAITING_BYTES;
    return this.#isBehind;
  }

  /** @param events one or several, formatted */
  send(events: string): void {
    if (this.#isEnded) return;
    this.#lastSentAt = performance.now();
    this.#response.write(events);
  }

  /** Sends a comment if the stream would otherwise be silent for too long. */
  keepAlive(): void {
    if (performance.now() - this.#lastSentAt >= MAX_SILENCE_MS) this.send(': \n\n');
  }

  /** @param events the last ones, formatted */
  end(events = ''): void {
    this.#isEnded = true;
    this.#response.end(events);
  }
}
