import type { Warp } from '../traffic/warp.ts';

/** How far apart the instants are between which the level is interpolated, and over how much of the past it is taken. */
const STEP_MS = 30_000;
const WINDOW_MS = 60_000;

/** How dense the traffic of the last minute is, as a number that gauges can follow. What it keeps is a cache only. */
export class TrafficLevel {
  readonly #warp: Pick<Warp, 'toEven'>;
  #index = Number.NaN;
  #before = 0;
  #after = 0;

  constructor(warp: Pick<Warp, 'toEven'>) {
    this.#warp = warp;
  }

  /** From 0 to below 1; one half when the traffic is average. */
  at(time: number): number {
    const position = time / STEP_MS;
    const index = Math.floor(position);
    if (index !== this.#index) {
      this.#index = index;
      this.#before = this.#levelAt(index * STEP_MS);
      this.#after = this.#levelAt((index + 1) * STEP_MS);
    }
    return this.#before + (this.#after - this.#before) * (position - index);
  }

  #levelAt(time: number): number {
    const density = (this.#warp.toEven(time) - this.#warp.toEven(time - WINDOW_MS)) / WINDOW_MS;
    return (density * density) / (density * density + 1);
  }
}

/** That of steady traffic. */
export const EVEN_TRAFFIC = new TrafficLevel({ toEven: (time) => time });
