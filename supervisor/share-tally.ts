import { isBad, type LevelNumber } from '../shared/record.ts';
import type { Tally } from './log/service-output.ts';

/** Counts a service's lines, and the bad share of them since its ratio last changed. */
export class ShareTally implements Tally {
  #since = 0;
  #lines = 0;
  #linesSince = 0;
  #badSince = 0;

  get lines(): number {
    return this.#lines;
  }

  get linesSince(): number {
    return this.#linesSince;
  }

  get badSince(): number {
    return this.#badSince;
  }

  /** Counts a line; one from before the change that is still on its way does not belong to the share. */
  count(level: LevelNumber, time: number): void {
    this.#lines++;
    if (time < this.#since) return;
    this.#linesSince++;
    if (isBad(level)) this.#badSince++;
  }

  /** The ratio changes at that instant, in ms since the Unix epoch. */
  restart(at: number): void {
    this.#since = at;
    this.#linesSince = 0;
    this.#badSince = 0;
  }
}
