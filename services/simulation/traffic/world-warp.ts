import type { Traffic, World } from '../../../shared/world.ts';
import { seedKey } from '../hash.ts';
import { Bursts } from './bursts.ts';
import { withSurges } from './surges.ts';
import type { Warp } from './warp.ts';
import { fromWeekTime, MAX_WEEK_DENSITY, toWeekTime } from './week.ts';

const STEADY: Warp = { toTime: (even) => even, toEven: (time) => time, maxDensity: 1 };

/** The warp of a world. */
export function warpOf({ traffic = 'steady', seed, surges = [] }: Pick<World, 'traffic' | 'seed' | 'surges'>): Warp {
  const warp = warpFor(traffic, seed);
  return surges.length === 0 ? warp : withSurges(warp, surges);
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
