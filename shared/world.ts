import type { Ratios } from './ratios.ts';

/** What an operator had set from one instant until the next moment of the timeline. */
export interface TimelineEntry {
  /** Instant from which it holds, in ms since the Unix epoch. */
  readonly at: number;
  /** Bad lines in ten, for every service. */
  readonly ratios: Ratios;
  /** Short names of the services that do not run, and so write nothing. */
  readonly down: readonly string[];
  /**
   * What is added to the world's time for the time stamp of a line, in ms; 0 when it is left out. The world's time only
   * ever goes forward: when the clock of the machine is set back, time stamps follow it, and yet no line repeats.
   */
  readonly clockOffsetMs?: number;
}

/**
 * What a service did not write although it was due: it was killed, slept, or was paused. It concerns only what of its
 * lines is in the log; nobody else's lines depend on it.
 */
export interface Gap {
  /** Short name. */
  readonly service: string;
  /** From this instant on, in ms since the Unix epoch … */
  readonly from: number;
  /** … and before this one. */
  readonly to: number;
  /** How many of the lines due at `from` itself were written still. */
  readonly writtenAtStart: number;
}

/** All that decides what the log says: same world, same interval, same lines. */
export interface World {
  /** Whole number, 0 to 4294967295. */
  readonly seed: number;
  /** Lines per second of the whole fleet. */
  readonly rate: number;
  /** Ascending by `at`, never empty; the first moment also holds for all time before it. */
  readonly timeline: readonly [TimelineEntry, ...TimelineEntry[]];
  /** In a recorded world: what was not written. */
  readonly gaps?: readonly Gap[];
}

/** Index of the moment in force at `time`. */
function entryIndexAt(timeline: World['timeline'], time: number): number {
  let index = timeline.length - 1;
  while (index > 0 && (timeline[index] as TimelineEntry).at > time) index--;
  return index;
}

/** The moment in force at `time`. */
export function entryAt(timeline: World['timeline'], time: number): TimelineEntry {
  return timeline[entryIndexAt(timeline, time)] as TimelineEntry;
}

/** The last moment: what holds once all that was asked for holds. */
export function latestEntry(timeline: World['timeline']): TimelineEntry {
  return timeline[timeline.length - 1] as TimelineEntry;
}

/** What is added to a time of the world for the time stamp, in ms. */
export function clockOffsetAt(timeline: World['timeline'], time: number): number {
  return entryAt(timeline, time).clockOffsetMs ?? 0;
}

/** The moments at which what is added changes, the first of the timeline among them. */
export function clockOffsetsOf(
  timeline: World['timeline'],
): readonly Required<Pick<TimelineEntry, 'at' | 'clockOffsetMs'>>[] {
  const all = timeline.map(({ at, clockOffsetMs = 0 }) => ({ at, clockOffsetMs }));
  return all.filter(({ clockOffsetMs }, index) => clockOffsetMs !== all[index - 1]?.clockOffsetMs);
}

/** The world with what is no longer needed for lines at or after `from` left out. */
export function trimWorld(world: World, from: number): World {
  const first = entryIndexAt(world.timeline, from);
  if (first === 0) return world;
  return { ...world, timeline: world.timeline.slice(first) as unknown as World['timeline'] };
}
