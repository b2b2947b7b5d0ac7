import type { TimelineEntry, World } from '../../shared/world.ts';

/** A timeline entry whose values per service are looked up by index, not by name. */
export interface CompiledEntry {
  /** In force from this instant on, in ms since the epoch … */
  readonly from: number;
  /** … and before this one. */
  readonly to: number;
  /** Bad lines in ten. */
  readonly ratios: readonly number[];
  readonly isDown: readonly boolean[];
  readonly isAnyDown: boolean;
  /** What is added to the world's time for a time stamp, in ms. */
  readonly clockOffsetMs: number;
}

/** The timeline, fast to look up for instants near the one before. */
export class TimelineIndex {
  readonly #entries: readonly CompiledEntry[];
  #last: CompiledEntry;

  /**
   * @param services short names, in the order of the catalog
   * @throws {Error} when an entry has no ratio for one of them
   */
  constructor(timeline: World['timeline'], services: readonly string[]) {
    this.#entries = timeline.map((entry, index) =>
      compileEntry(entry, index === 0, timeline[index + 1]?.at ?? Number.POSITIVE_INFINITY, services),
    );
    this.#last = this.#entries.at(-1) as CompiledEntry;
  }

  /** The entry in force at `time` (ms since the epoch). */
  at(time: number): CompiledEntry {
    if (time >= this.#last.from && time < this.#last.to) return this.#last;
    let low = 0;
    let high = this.#entries.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#entries[middle] as CompiledEntry).from <= time) low = middle;
      else high = middle - 1;
    }
    this.#last = this.#entries[low] as CompiledEntry;
    return this.#last;
  }
}

function compileEntry(
  { at, ratios, down, clockOffsetMs = 0 }: TimelineEntry,
  isFirst: boolean,
  to: number,
  services: readonly string[],
): CompiledEntry {
  return {
    from: isFirst ? Number.NEGATIVE_INFINITY : at,
    to,
    ratios: services.map((name) => {
      const ratio = ratios[name];
      if (ratio === undefined) throw new Error(`The world has no ratio for ${name}`);
      return ratio;
    }),
    isDown: services.map((name) => down.includes(name)),
    isAnyDown: services.some((name) => down.includes(name)),
    clockOffsetMs,
  };
}
