/** An event of a stream of server-sent events: its name, and its data without the field names. */
export interface ServerSentEvent {
  readonly type: string;
  readonly data: string;
}

/**
 * Reads `text/event-stream` from chunks that are cut anywhere.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export class SseParser {
  #rest = '';
  #type = '';
  #data: string[] = [];

  /** The events that the chunk completes. Comments, ids and retry times are dropped. */
  push(chunk: string): ServerSentEvent[] {
    const events: ServerSentEvent[] = [];
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#readLine(line.endsWith('\r') ? line.slice(0, -1) : line, events);
    return events;
  }

  #readLine(line: string, events: ServerSentEvent[]): void {
    if (line === '') {
      if (this.#data.length > 0) events.push({ type: this.#type || 'message', data: this.#data.join('\n') });
      this.#type = '';
      this.#data = [];
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') this.#type = value;
    else if (field === 'data') this.#data.push(value);
  }
}
