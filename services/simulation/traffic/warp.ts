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
