import type { Warp } from '../traffic/warp.ts';
import { Interpolated } from './gauge-curve.ts';

/** How far apart the instants are between which the level is interpolated, and over how much of the past it is taken. */
const STEP_MS = 15_000;
const WINDOW_MS = 60_000;

/** How dense the traffic of the last minute is, as a number that gauges can follow. */
export class TrafficLevel {
  readonly #line: Interpolated;

  constructor(warp: Pick<Warp, 'toEven'>) {
    this.#line = new Interpolated(STEP_MS, (index) => {
      const to = index * STEP_MS;
      const density = (warp.toEven(to) - warp.toEven(to - WINDOW_MS)) / WINDOW_MS;
      return (density * density) / (density * density + 1);
    });
  }

  /** From 0 to below 1; one half when the traffic is average. */
  at(time: number): number {
    return this.#line.at(time);
  }
}

/** That of steady traffic. */
export const EVEN_TRAFFIC = new TrafficLevel({ toEven: (time) => time });
