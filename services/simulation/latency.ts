/**
 * How long things take: a log-normal body and a Pareto tail, from integer tables, because `exp` and `log` may differ in
 * their last bit from machine to machine.
 */

import { deriveKey, secondaryUnit, unit } from './hash.ts';

/** Quantiles k/64 of a log-normal distribution with sigma 0.75, cut at 2.6 sigma and scaled to 0 … 65,536. */
const BODY = [
  0, 690, 1106, 1440, 1732, 1998, 2247, 2484, 2713, 2935, 3153, 3367, 3578, 3788, 3997, 4207, 4416, 4626, 4838, 5051,
  5266, 5484, 5705, 5929, 6157, 6389, 6625, 6866, 7113, 7365, 7624, 7890, 8163, 8444, 8734, 9033, 9343, 9663, 9997,
  10343, 10704, 11081, 11476, 11890, 12326, 12786, 13273, 13791, 14342, 14934, 15570, 16259, 17009, 17832, 18743, 19762,
  20915, 22241, 23795, 25666, 27998, 31066, 35465, 42955, 65536,
];

/** Quantiles k/32 of a Pareto distribution with exponent 1.1, in 1/256; the last stands for the rest of the tail. */
const TAIL = [
  256, 263, 271, 280, 289, 299, 309, 320, 333, 346, 360, 375, 392, 411, 432, 455, 481, 510, 543, 581, 624, 676, 737,
  811, 903, 1019, 1173, 1384, 1695, 2202, 3183, 5978, 64000,
];

/** A duration from `low` to `high` ms, mostly near the lower end: the median lies at an eighth. */
export function bodyMs(key: number, low: number, high: number): number {
  return low + ((high - low) * interpolate(BODY, unit(key))) / 65_536;
}

/** Where in its range computation lies on the fastest and the slowest machine. */
const STEADY = { fastest: 0.16, slowest: 0.3 };

/**
 * A duration of computation, which a machine does in much the same time each time, from `low` to `high` ms.
 * @param machineKey of the machine that does it
 */
export function steadyMs(key: number, machineKey: number, low: number, high: number): number {
  const mean = low + (high - low) * (STEADY.fastest + (STEADY.slowest - STEADY.fastest) * unit(machineKey));
  // A bell, and a tail to the right.
  const spread = 0.94 + 0.05 * (unit(key) + secondaryUnit(key));
  return Math.min(mean * (spread + 0.3 * (bodyMs(deriveKey(key, 3), 0, 64) / 64)), high);
}

/** By how much a slow one takes longer than usual: a factor of at least 1, without an upper end for practical purposes. */
export function tailFactor(key: number): number {
  return interpolate(TAIL, secondaryUnit(key)) / 256;
}

/** The hop from one step to the next: over the network, through queues, parsers and filters of a framework. */
const HOP = { leastMs: 0.9, mostMs: 8, share: 0.08 };
/** What goes with the work, such as a larger answer, grows with it up to so many ms of work. */
const HOP_WORK_MS = 300;
/** The longest hop, in ms. */
export const MAX_HOP_MS = HOP.mostMs + HOP.share * HOP_WORK_MS;

/** How long after a step that took so many ms the line about it comes, in whole ms: mostly 1 to 3 and some hundredths. */
export function hopMs(key: number, workMs: number): number {
  const x = secondaryUnit(key);
  return Math.floor(bodyMs(key, HOP.leastMs, HOP.mostMs) + HOP.share * x * x * Math.min(workMs, HOP_WORK_MS));
}

/** What the clock starts more rarely than every so many seconds is work, which waits for its turn. */
const RARE_S = 600;
/** How late the timer of a probe or report, and the start of such work, is usually, and how late at most, in ms. */
const TIMER = { usualMs: 24, mostMs: 300 };
const WORK = { usualMs: 240, mostMs: 5000 };
/** Share of the starts that are in the tail of the distribution. */
const LATE_SHARE = 0.06;

/** How long after its time something starts by the clock, in whole ms: 0 to 5000. */
export function latenessMs(key: number, everySeconds: number): number {
  const { usualMs, mostMs } = everySeconds < RARE_S ? TIMER : WORK;
  const tailKey = deriveKey(key, 1);
  const factor = unit(tailKey) < LATE_SHARE ? 3 * tailFactor(tailKey) : 1;
  return Math.floor(Math.min(bodyMs(key, 0, usualMs) * factor, mostMs));
}

/** @param x from 0 to below 1 */
function interpolate(table: readonly number[], x: number): number {
  const position = x * (table.length - 1);
  const index = Math.floor(position);
  const low = table[index] as number;
  return low + ((table[index + 1] as number) - low) * (position - index);
}
