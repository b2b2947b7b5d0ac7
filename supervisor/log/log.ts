import { LEVEL_NUMBERS, type Level } from '../../shared/record.ts';
import { type Batch, type Sink, toBatch } from './batch.ts';

/** The one stream: what the services write and what the supervisor says, to every sink. */
export class Log implements Sink {
  readonly #sinks: readonly Sink[];

  constructor(sinks: readonly Sink[]) {
    this.#sinks = sinks;
  }

  write(batch: Batch): void {
    for (const sink of this.#sinks) sink.write(batch);
  }

  async drained(): Promise<void> {
    await Promise.all(this.#sinks.map((sink) => sink.drained?.()));
  }

  /** A line of the supervisor's own. */
  event(level: Level, msg: string): void {
    this.write(toBatch({ level: LEVEL_NUMBERS[level], time: Date.now(), service: 'Supervisor', msg }));
  }
}
