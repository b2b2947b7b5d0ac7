import { isBad, type LevelNumber } from '../../shared/record.ts';
import type { Tally } from '../log/input/service-output.ts';

/** Counts a service's lines, and the bad ones among them since its ratio last changed. */
export class LineStats implements Tally {
  #since = 0;
  #lines = 0;
  #linesSince = 0;
  #badSince = 0;
  #lastTime = Number.NEGATIVE_INFINITY;
  #countAtLastTime = 0;

  get lines(): number {
    return this.#lines;
  }

  /** Lines since the ratio last changed. */
  get linesSince(): number {
    return this.#linesSince;
  }

  /** Bad lines among them. */
  get badSince(): number {
    return this.#badSince;
  }

  /** When the last record was due, in ms of the world's time, and how many records were due at that time. */
  get last(): { readonly time: number; readonly count: number } {
    return { time: this.#lastTime, count: this.#countAtLastTime };
  }

  /** A record that was due at `time`, in ms of the world's time, has arrived. */
  arrived(time: number): void {
    this.#countAtLastTime = time === this.#lastTime ? this.#countAtLastTime + 1 : 1;
    this.#lastTime = time;
  }

  /** Counts a line by its time stamp in ms; one from before the change that arrives after it is not part of the share. */
  count(level: LevelNumber, time: number): void {
    this.#lines++;
    if (time < this.#since) return;
    this.#linesSince++;
    if (isBad(level)) this.#badSince++;
  }

  /** The clock was set back by `ms`, and time stamps with it. */
  setBack(ms: number): void {
    this.#since -= ms;
  }

  /** The ratio changes at the time stamp `at`, in ms since the Unix epoch. */
  resetSince(at: number): void {
    this.#since = at;
    this.#linesSince = 0;
    this.#badSince = 0;
  }
}
