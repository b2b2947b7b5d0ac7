import { type EventStream, formatEvent } from '../stream/event-stream.ts';
import type { StreamClient } from '../stream/streams.ts';
import type { FleetEvents } from './fleet-events.ts';

/** One client that is sent what happens to the fleet. A snapshot comes first, and after it was behind. */
export class EventClient implements StreamClient {
  readonly #stream: EventStream;
  readonly #events: FleetEvents;
  #hasMissed = true;

  constructor(stream: EventStream, events: FleetEvents) {
    this.#stream = stream;
    this.#events = events;
  }

  tick(): void {
    if (this.#stream.isBehind) {
      this.#hasMissed = true;
      return;
    }
    const news = this.#hasMissed ? this.#events.snapshot() : this.#events.news;
    this.#hasMissed = false;
    if (news === '') this.#stream.keepAlive();
    else this.#stream.send(news);
  }

  end(reason: string): void {
    this.#stream.end(formatEvent({ type: 'end', data: { reason } }));
  }
}
