import type { TimelineEntry, World } from '../../shared/world.ts';

/** A moment of the timeline with everything by the index of the service. */
export interface CompiledMoment {
  /** It is in force at this instant, in ms since the epoch, and later … */
  readonly from: number;
  /** … and before this one. */
  readonly to: number;
  /** Bad lines in ten. */
  readonly ratios: readonly number[];
  readonly isDown: readonly boolean[];
  readonly isAnyDown: boolean;
  /** From the world's time to that of a time stamp. */
  readonly clockOffsetMs: number;
}

/** The timeline, for who asks about many instants near each other. */
export class TimelineIndex {
  readonly #moments: readonly CompiledMoment[];
  #last: CompiledMoment;

  /** @param services short names, in the order of the catalog */
  constructor(timeline: World['timeline'], services: readonly string[]) {
    this.#moments = timeline.map((moment, index) =>
      compileMoment(moment, index === 0, timeline[index + 1]?.at ?? Number.POSITIVE_INFINITY, services),
    );
    this.#last = this.#moments.at(-1) as CompiledMoment;
  }

  /** The moment in force at `time`. */
  at(time: number): CompiledMoment {
    if (time >= this.#last.from && time < this.#last.to) return this.#last;
    let low = 0;
    let high = this.#moments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#moments[middle] as CompiledMoment).from <= time) low = middle;
      else high = middle - 1;
    }
    this.#last = this.#moments[low] as CompiledMoment;
    return this.#last;
  }
}

function compileMoment(
  { at, ratios, down, clockOffsetMs = 0 }: TimelineEntry,
  isFirst: boolean,
  to: number,
  services: readonly string[],
): CompiledMoment {
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
