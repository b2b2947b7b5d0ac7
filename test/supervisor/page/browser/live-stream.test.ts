import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HEARTBEAT_MS } from '../../../../shared/page-api.ts';
import { ApiClient } from '../../../../supervisor/page/browser/net/api-client.ts';
import { LiveStream } from '../../../../supervisor/page/browser/net/live-stream.ts';
import { retryDelay } from '../../../../supervisor/page/browser/net/retry-delay.ts';

/** The longest that a first retry waits, in ms. */
const FIRST_RETRY_MS = 500;

const STALLED_MS = 2.5 * HEARTBEAT_MS;

/** A server in virtual time: answers each request as it is told, and can write to the last stream it opened. */
class FakeServer {
  readonly requests: Request[] = [];
  answer: () => Response | 'gone' = () => this.openStream();
  #writer: ReadableStreamDefaultController<Uint8Array> | null = null;

  readonly fetch = async (path: string, init: RequestInit): Promise<Response> => {
    this.requests.push(new Request(`http://fleet${path}`, init));
    const response = this.answer();
    if (response === 'gone') throw new TypeError('fetch failed');
    init.signal?.addEventListener('abort', () => this.#writer?.error(new Error('aborted')));
    return response;
  };

  openStream(): Response {
    return new Response(
      new ReadableStream<Uint8Array>({
        start: (writer) => {
          this.#writer = writer;
        },
      }),
    );
  }

  async write(text: string): Promise<void> {
    this.#writer?.enqueue(new TextEncoder().encode(text));
    await vi.advanceTimersByTimeAsync(0);
  }

  end(): void {
    this.#writer?.close();
    this.#writer = null;
  }
}

describe('a stream', () => {
  let server: FakeServer;
  let told: string[];
  let stream: LiveStream;

  beforeEach(async () => {
    vi.useFakeTimers();
    server = new FakeServer();
    vi.stubGlobal('fetch', server.fetch);
    told = [];
    stream = new LiveStream(new ApiClient('secret'), '/v1/events', {
      onOpen: () => told.push('open'),
      onEvent: ({ type, data }) => told.push(`${type} ${data}`),
      onLost: () => told.push('lost'),
      onRefused: () => told.push('refused'),
    });
    await vi.advanceTimersByTimeAsync(0);
  });

  afterEach(() => {
    stream.close();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  test('sends the token and tells its events', async () => {
    await server.write('event: state\nda');
    await server.write('ta: {}\n\n');
    expect(told).toEqual(['open', 'state {}']);
    expect(server.requests[0]?.headers.get('authorization')).toBe('Bearer secret');
  });

  test('keeps characters together that arrive in two chunks', async () => {
    const bytes = new TextEncoder().encode('data: →\n\n');
    server.answer = () =>
      new Response(
        new ReadableStream({
          start(writer) {
            writer.enqueue(bytes.slice(0, 7));
            writer.enqueue(bytes.slice(7));
          },
        }),
      );
    server.end();
    await vi.advanceTimersByTimeAsync(FIRST_RETRY_MS);
    expect(told).toContain('message →');
  });

  test('connects again when it ends', async () => {
    server.end();
    await vi.advanceTimersByTimeAsync(FIRST_RETRY_MS);
    expect(told).toEqual(['open', 'lost', 'open']);
  });

  test('connects again when not even a heartbeat comes', async () => {
    await vi.advanceTimersByTimeAsync(STALLED_MS - 1);
    expect(told).toEqual(['open']);
    await vi.advanceTimersByTimeAsync(1 + FIRST_RETRY_MS);
    expect(told).toEqual(['open', 'lost', 'open']);
  });

  test('stays as long as heartbeats come', async () => {
    for (let beat = 0; beat < 10; beat++) {
      await vi.advanceTimersByTimeAsync(HEARTBEAT_MS);
      await server.write(': alive\n\n');
    }
    expect(told).toEqual(['open']);
  });

  test('waits longer after each failure, and tries at once when it is woken', async () => {
    server.answer = () => 'gone';
    server.end();
    await vi.advanceTimersByTimeAsync(60_000);
    const { length } = server.requests;
    expect(length).toBeGreaterThan(8);
    expect(length).toBeLessThan(22);
    server.answer = () => server.openStream();
    stream.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.requests).toHaveLength(length + 1);
    expect(told.at(-1)).toBe('open');
  });

  test('when it is woken after a sleep it does not wait for a broken connection', async () => {
    vi.setSystemTime(Date.now() + 3_600_000);
    stream.wake();
    await vi.advanceTimersByTimeAsync(FIRST_RETRY_MS);
    expect(told).toEqual(['open', 'lost', 'open']);
  });

  test('a token that is refused is not tried again', async () => {
    server.answer = () => Response.json({ code: 'not-permitted', message: 'no' }, { status: 401 });
    server.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual(['open', 'lost', 'refused']);
    expect(server.requests).toHaveLength(2);
  });

  test('tells nothing more once it is closed', async () => {
    stream.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual(['open']);
    expect(server.requests).toHaveLength(1);
  });
});

test.each([
  { attempt: 0, random: 0, delay: 250 },
  { attempt: 0, random: 1, delay: 500 },
  { attempt: 1, random: 1, delay: 1_000 },
  { attempt: 3, random: 0.5, delay: 3_000 },
  { attempt: 4, random: 1, delay: 8_000 },
  { attempt: 1_000, random: 1, delay: 8_000 },
])('attempt $attempt with $random waits $delay ms', ({ attempt, random, delay }) => {
  expect(retryDelay(attempt, random)).toBe(delay);
});
