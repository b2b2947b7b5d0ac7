import type { Incident, Period } from './incident.ts';
import type { Ratios } from './ratios.ts';

/** The settings in effect from one instant until the next entry of the timeline. */
export interface TimelineEntry {
  /** Instant from which they are in effect, in ms since the Unix epoch. */
  readonly at: number;
  /** Bad lines in ten, for every service, as they were set. */
  readonly ratios: Ratios;
  /** When a ratio was last set, in ms since the epoch, for services whose was while there were incidents. */
  readonly ratiosSetAt?: Readonly<Record<string, number>>;
  /** Those that are planned or going on or were until lately, by when they were started. */
  readonly incidents?: readonly Incident[];
  /** Short names of the services that are down and so write nothing. */
  readonly down: readonly string[];
  /**
   * Added to the world's time for the time stamp of a line, in ms. Default: 0. The world's time only moves forward: when
   * the clock of the machine is set back, time stamps follow it without repeating a line.
   */
  readonly clockOffsetMs?: number;
}

/**
 * Lines that a service did not write although they were due, because it was killed, suspended or paused. The lines of
 * other services do not depend on it.
 */
export interface Gap {
  /** Short name. */
  readonly service: string;
  /** From this instant on, in ms since the Unix epoch … */
  readonly from: number;
  /** … and before this one. */
  readonly to: number;
  /** How many of the lines due at `from` itself were written. */
  readonly writtenAtStart: number;
}

/**
 * How the rate varies: not at all, in bursts of seconds to minutes around it (exact over each hour of UTC), or in bursts
 * under a curve of the day and the week (exact over each week from Monday, UTC).
 */
export const TRAFFIC = ['steady', 'bursty', 'daily'] as const;
export type Traffic = (typeof TRAFFIC)[number];

/** A time in which the traffic is so many times what it would be. */
export interface Surge extends Period {
  /** 0.1 to 10. */
  readonly factor: number;
}

/** Everything that determines the log: same world, same interval, same lines. */
export interface World {
  /** Whole number, 0 to 4294967295. */
  readonly seed: number;
  /** Lines per second of the whole fleet, on average. */
  readonly rate: number;
  /** Default: steady. */
  readonly traffic?: Traffic;
  /** Default: none. Nothing may be added for a time of which lines have been written, and none removed. */
  readonly surges?: readonly Surge[];
  /** Ascending by `at`; the first entry is in effect before its instant too. */
  readonly timeline: readonly [TimelineEntry, ...TimelineEntry[]];
  /** In a recorded world: the lines that were not written. */
  readonly gaps?: readonly Gap[];
}

/** Index of the entry in effect at `time`. */
function entryIndexAt(timeline: World['timeline'], time: number): number {
  let index = timeline.length - 1;
  while (index > 0 && (timeline[index] as TimelineEntry).at > time) index--;
  return index;
}

/** The entry in effect at `time` (ms since the epoch). */
export function entryAt(timeline: World['timeline'], time: number): TimelineEntry {
  return timeline[entryIndexAt(timeline, time)] as TimelineEntry;
}

/** The last entry: what is in effect once every change is. */
export function latestEntry(timeline: World['timeline']): TimelineEntry {
  return timeline[timeline.length - 1] as TimelineEntry;
}

/** What to add to a time of the world for the time stamp, in ms. */
export function clockOffsetAt(timeline: World['timeline'], time: number): number {
  return entryAt(timeline, time).clockOffsetMs ?? 0;
}

/** The instants at which the clock offset changes, beginning with the first of the timeline. */
export function clockOffsetsOf(
  timeline: World['timeline'],
): readonly Required<Pick<TimelineEntry, 'at' | 'clockOffsetMs'>>[] {
  const all = timeline.map(({ at, clockOffsetMs = 0 }) => ({ at, clockOffsetMs }));
  return all.filter(({ clockOffsetMs }, index) => clockOffsetMs !== all[index - 1]?.clockOffsetMs);
}

/** The world without the entries that no line at or after `from` (ms since the epoch) needs. */
export function trimWorld(world: World, from: number): World {
  const first = entryIndexAt(world.timeline, from);
  if (first === 0) return world;
  return { ...world, timeline: world.timeline.slice(first) as unknown as World['timeline'] };
}
