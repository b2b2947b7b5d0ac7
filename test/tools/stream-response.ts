import type { StreamResponse } from '../../supervisor/page/stream/event-stream.ts';
import type { StreamedEvent } from './page-client.ts';

/** The response to a client of a stream that reads when the test says so. */
export class FakeResponse implements StreamResponse {
  writableLength = 0;
  isReading = true;
  isEnded = false;
  text = '';
  #unread = '';

  get events(): readonly StreamedEvent[] {
    const parts = this.text.split('\n\n').filter((part) => part.startsWith('event: '));
    return parts.map((part) => {
      const [type = '', data = ''] = part.split('\n').map((line) => line.slice(line.indexOf(' ') + 1));
      return { type, data: JSON.parse(data) };
    });
  }

  get heartbeats(): number {
    // The first one opens the stream.
    return this.text.split('\n\n').filter((part) => part.startsWith(':')).length - 1;
  }

  writeHead(): never {
    return this as never;
  }

  write(text: unknown): boolean {
    this.#unread += String(text);
    this.writableLength = this.#unread.length;
    if (this.isReading) this.read();
    return true;
  }

  end(text?: unknown): never {
    if (text !== undefined) this.write(text);
    this.isEnded = true;
    return this as never;
  }

  /** Reads all that waits. */
  read(): void {
    this.text += this.#unread;
    this.#unread = '';
    this.writableLength = 0;
  }
}
