import { STREAM_TICK_MS } from './event-stream.ts';

/** Each browser tab has two or three. */
const MAX_STREAMS = 50;

/** One client that is sent events. */
export interface StreamClient {
  /** Called each quarter of a second. */
  tick(): void;
  /** Sends the last events and ends the stream. */
  end(reason: string): void;
}

/** All clients that are being sent events. While there is none, nothing is done. */
export class Streams {
  readonly #clients = new Set<StreamClient>();
  readonly #beforeTick: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isEnded = false;

  /** @param beforeTick called each time before the clients are */
  constructor(beforeTick: () => void) {
    this.#beforeTick = beforeTick;
  }

  /** Why no further stream can be opened; undefined if one can. */
  get refusal(): string | undefined {
    if (this.#isEnded) return 'the fleet has stopped';
    if (this.#clients.size < MAX_STREAMS) return undefined;
    return `${MAX_STREAMS} streams are open, which is the most; close a page`;
  }

  /** The client has its first tick at once. Returns how to remove it. */
  add(client: StreamClient): () => void {
    this.#clients.add(client);
    this.#timer ??= setInterval(() => this.#tick(), STREAM_TICK_MS);
    this.#tick();
    return () => this.#remove(client);
  }

  /** Ends every stream; no further one can be opened. */
  end(reason: string): void {
    this.#isEnded = true;
    this.#tick();
    for (const client of this.#clients) {
      client.end(reason);
      this.#remove(client);
    }
  }

  #tick(): void {
    if (this.#clients.size > 0) this.#beforeTick();
    for (const client of this.#clients) client.tick();
  }

  #remove(client: StreamClient): void {
    this.#clients.delete(client);
    if (this.#clients.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
