import { isBad, type LevelNumber } from '../../shared/record.ts';
import type { Tally } from '../log/input/service-output.ts';

/** Counts a service's lines, and the bad share of them since its ratio last changed. */
export class LineStats implements Tally {
  #since = 0;
  #lines = 0;
  #linesSince = 0;
  #badSince = 0;
  #lastTime = Number.NEGATIVE_INFINITY;
  #atLastTime = 0;

  get lines(): number {
    return this.#lines;
  }

  get linesSince(): number {
    return this.#linesSince;
  }

  get badSince(): number {
    return this.#badSince;
  }

  /** Time of the world at which its last record was due, in ms, and how many of its records had that time. */
  get last(): { readonly time: number; readonly count: number } {
    return { time: this.#lastTime, count: this.#atLastTime };
  }

  /** A record due at that time of the world, in ms, has arrived. */
  arrived(time: number): void {
    this.#atLastTime = time === this.#lastTime ? this.#atLastTime + 1 : 1;
    this.#lastTime = time;
  }

  /** Counts a line; one from before the change that is still on its way does not belong to the share. */
  count(level: LevelNumber, time: number): void {
    this.#lines++;
    if (time < this.#since) return;
    this.#linesSince++;
    if (isBad(level)) this.#badSince++;
  }

  /** The clock was set back by so many ms, and time stamps with it. */
  setBack(ms: number): void {
    this.#since -= ms;
  }

  /** The ratio changes at that instant, in ms since the Unix epoch. */
  resetSince(at: number): void {
    this.#since = at;
    this.#linesSince = 0;
    this.#badSince = 0;
  }
}
