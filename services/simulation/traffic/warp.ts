import type { Traffic, World } from '../../../shared/world.ts';
import { seedKey } from '../hash.ts';
import { Bursts } from './bursts.ts';
import { fromWeekTime, MAX_WEEK_DENSITY, toWeekTime } from './week.ts';

/**
 * How even time, in which the traffic is constant, maps to the world's time, in which it is not: pages are cut in even
 * time. Both count in ms since the epoch. Monotone, and each the inverse of the other but for rounding.
 */
export interface Warp {
  /** Even time to the world's time. */
  toTime(even: number): number;
  /** The world's time to even time. */
  toEven(time: number): number;
  /** How many times its average the traffic is at most. */
  readonly maxDensity: number;
}

const STEADY: Warp = { toTime: (even) => even, toEven: (time) => time, maxDensity: 1 };

/** The warp of a world. */
export function warpOf({ traffic = 'steady', seed }: Pick<World, 'traffic' | 'seed'>): Warp {
  return warpFor(traffic, seed);
}

/** @param seed whole number, 0 to 4294967295 */
export function warpFor(traffic: Traffic, seed: number): Warp {
  if (traffic === 'steady') return STEADY;
  const bursts = new Bursts(seedKey(seed, 'bursts'));
  if (traffic === 'bursty') return bursts;
  return {
    toTime: (even) => bursts.toTime(toWeekTime(even)),
    toEven: (time) => fromWeekTime(bursts.toEven(time)),
    maxDensity: bursts.maxDensity * MAX_WEEK_DENSITY,
  };
}
