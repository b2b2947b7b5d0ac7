import { HEARTBEAT_MS } from '../../../../shared/page-api.ts';
import { type ApiClient, ApiError } from './api-client.ts';
import { retryDelay } from './retry-delay.ts';
import { type ServerSentEvent, SseParser } from './sse-parser.ts';

/** A stream that was silent for so long is broken: the laptop slept, or the network is gone. */
const STALLED_MS = 2.5 * HEARTBEAT_MS;

const UNAUTHORIZED = 401;

export interface StreamListener {
  /** Connected, for the first time or again. */
  readonly onOpen: () => void;
  readonly onEvent: (event: ServerSentEvent) => void;
  /** Not connected; tried again at this time, in ms since the Unix epoch. */
  readonly onLost: (retryAt: number) => void;
  /** The token is not that of the fleet: it is not tried again. */
  readonly onRefused: () => void;
}

/** A stream of server-sent events that connects again until it is closed. */
export class LiveStream {
  readonly #client: ApiClient;
  readonly #path: string;
  readonly #listener: StreamListener;
  #attempt = 0;
  #lastByteAt = 0;
  #reading: AbortController | null = null;
  #retry: (() => void) | null = null;
  #isClosed = false;

  constructor(client: ApiClient, path: string, listener: StreamListener) {
    this.#client = client;
    this.#path = path;
    this.#listener = listener;
    void this.#run();
  }

  close(): void {
    this.#isClosed = true;
    this.#reading?.abort();
    this.#retry?.();
  }

  /** After a sleep, or when the network is back: tries again at once if it is not connected, or has been silent. */
  wake(): void {
    if (Date.now() - this.#lastByteAt > 1.5 * HEARTBEAT_MS) this.#reading?.abort();
    this.#attempt = 0;
    this.#retry?.();
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      try {
        await this.#read();
      } catch (error) {
        if (this.#isClosed) return;
        if (error instanceof ApiError && error.status === UNAUTHORIZED) return this.#listener.onRefused();
      }
      if (this.#isClosed) return;
      const delay = retryDelay(this.#attempt++, Math.random());
      this.#listener.onLost(Date.now() + delay);
      await this.#wait(delay);
    }
  }

  async #read(): Promise<void> {
    const reading = new AbortController();
    this.#reading = reading;
    let stall = setTimeout(() => reading.abort(), STALLED_MS);
    try {
      const { body } = await this.#client.open(this.#path, { signal: reading.signal });
      if (!body || this.#isClosed) return;
      this.#attempt = 0;
      this.#listener.onOpen();
      const parser = new SseParser();
      const decoder = new TextDecoder();
      const reader = body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done || this.#isClosed) return;
        clearTimeout(stall);
        stall = setTimeout(() => reading.abort(), STALLED_MS);
        this.#lastByteAt = Date.now();
        for (const event of parser.push(decoder.decode(value, { stream: true }))) this.#listener.onEvent(event);
      }
    } finally {
      clearTimeout(stall);
      reading.abort();
      this.#reading = null;
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#retry = () => {
        clearTimeout(timer);
        resolve();
      };
    }).then(() => {
      this.#retry = null;
    });
  }
}
