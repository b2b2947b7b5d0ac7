import type { Level } from '../../shared/record.ts';
import { type Batch, eventBatch, type Sink } from './batch.ts';

/** The one stream of lines, from the services and from the supervisor, to every sink. */
export class Log implements Sink {
  readonly #sinks: readonly Sink[];
  readonly #isBlind: boolean;

  /** @param isBlind what operators do is not told: whoever reads the log is to find out */
  constructor(sinks: readonly Sink[], isBlind = false) {
    this.#sinks = sinks;
    this.#isBlind = isBlind;
  }

  write(batch: Batch): void {
    for (const sink of this.#sinks) sink.write(batch);
  }

  async drained(): Promise<void> {
    await Promise.all(this.#sinks.map((sink) => sink.drained?.()));
  }

  /** Writes an event: a line from the supervisor itself. */
  event(level: Level, msg: string): void {
    this.write(eventBatch(level, msg));
  }

  /** Writes an event that an operator has asked for. A blind log tells it only to a sink that operators read. */
  operation(msg: string): void {
    const event = eventBatch('INFO', msg);
    if (!this.#isBlind) this.write(event);
    else for (const sink of this.#sinks) sink.writeUntold?.(event);
  }
}

/** Writes an event to the log. */
export type LogEvent = Log['event'];
