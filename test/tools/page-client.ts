import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';

/** An event of a stream. */
export interface StreamedEvent {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it waits for
  readonly data: any;
}

/** The answer to a request. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a request is made of, where it is not the usual. */
export interface PageRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A client of a control page that can send what no browser would. */
export class PageClient {
  /** Without its token, and with a slash at the end. */
  readonly address: string;
  readonly token: string;

  /** @param link as `npm start` prints it */
  constructor(link: string) {
    const [address = '', token = ''] = link.trim().split('#token=');
    this.address = address;
    this.token = token;
  }

  get authorization(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${this.token}` };
  }

  /** Sends a request as it is, without the token. */
  send(path: string, { method = 'GET', headers = {}, body }: PageRequest = {}): Promise<PageAnswer> {
    const { hostname, port } = new URL(this.address);
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        { hostname, port, path, method, headers: { ...length, ...headers }, agent: false },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => (text += part));
          response.on('end', () => {
            resolve({ status: response.statusCode as number, headers: response.headers, body: text });
          });
        },
      );
      request.on('error', reject).end(body);
    });
  }

  /** Sends a request with the token; returns what was answered as JSON. */
  async ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { ...this.authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    return JSON.parse((await this.send(path, { method, headers, ...json })).body) as Answer;
  }

  /** Opens a stream. */
  async stream(path: string): Promise<PageStream> {
    const abort = new AbortController();
    const url = new URL(path, this.address);
    const response = await fetch(url, { headers: this.authorization, signal: abort.signal });
    if (!response.ok || !response.body) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return new PageStream(response.body, () => abort.abort());
  }
}

/** A stream of server-sent events that is being read. */
export class PageStream {
  readonly events: StreamedEvent[] = [];
  /** Comments. */
  heartbeats = 0;
  /** Resolves when the server has ended it, or `close` was called. */
  readonly ended: Promise<void>;
  readonly close: () => void;
  readonly #watchers = new Set<() => void>();
  #isEnded = false;

  constructor(body: ReadableStream<Uint8Array>, close: () => void) {
    this.close = close;
    this.ended = this.#read(body)
      .catch(() => {})
      .then(() => {
        this.#isEnded = true;
        for (const watch of this.#watchers) watch();
      });
  }

  /** Waits for an event, from event number `from` on. */
  async event(type: string, matches: (data: StreamedEvent['data']) => boolean = () => true, from = 0) {
    for (;;) {
      const found = this.events.slice(from).find((event) => event.type === type && matches(event.data));
      if (found) return found.data;
      if (this.#isEnded) throw new Error(`The stream has ended without such an event: ${type}`);
      await new Promise<void>((resolve) => {
        const watch = () => {
          this.#watchers.delete(watch);
          resolve();
        };
        this.#watchers.add(watch);
      });
    }
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      const parts = text.split('\n\n');
      text = parts.pop() as string;
      for (const part of parts) this.#add(part);
      for (const watch of this.#watchers) watch();
    }
  }

  #add(part: string): void {
    if (part.startsWith(':')) this.heartbeats++;
    const [, type, data] = /^event: (\w+)\ndata: (.*)$/s.exec(part) ?? [];
    if (type && data) this.events.push({ type, data: JSON.parse(data) });
  }
}

/** The link in what `npm start` has printed on stderr; undefined while it is not there. */
export function linkIn(stderr: string): string | undefined {
  return /^Control page: (http:\S+)\n/m.exec(stderr)?.[1];
}
