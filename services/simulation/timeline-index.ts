import { type Incident, isIn } from '../../shared/incident.ts';
import { baseRatio, changesOf, ratioInEffect } from '../../shared/ratios-in-effect.ts';
import type { TimelineEntry, World } from '../../shared/world.ts';

/**
 * A timeline entry, or a part of one in which no incident changes anything; its values per service are looked up by index,
 * not by name.
 */
export interface CompiledEntry {
  /** In force from this instant on, in ms since the epoch … */
  readonly from: number;
  /** … and before this one. */
  readonly to: number;
  /** Bad lines in ten, in effect. */
  readonly ratios: readonly number[];
  /** The same without what incidents add. */
  readonly baseRatios: readonly number[];
  readonly isDown: readonly boolean[];
  readonly isAnyDown: boolean;
  /** What is added to the world's time for a time stamp, in ms. */
  readonly clockOffsetMs: number;
  /** The same object in all parts of an entry. */
  readonly incidents: readonly Incident[];
}

const NO_INCIDENTS: readonly Incident[] = [];

/** The timeline, fast to look up for instants near the one before. */
export class TimelineIndex {
  readonly #entries: readonly CompiledEntry[];
  #last: CompiledEntry;

  /**
   * @param services short names, in the order of the catalog
   * @throws {Error} when an entry has no ratio for one of them
   */
  constructor(timeline: World['timeline'], services: readonly string[]) {
    this.#entries = timeline.flatMap((entry, index) => {
      const from = index === 0 ? Number.NEGATIVE_INFINITY : entry.at;
      return partsOf(entry, from, timeline[index + 1]?.at ?? Number.POSITIVE_INFINITY, services);
    });
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

/** Cuts an entry where its incidents change ratios or put services down and up. */
function partsOf(entry: TimelineEntry, from: number, to: number, services: readonly string[]): CompiledEntry[] {
  const { incidents = NO_INCIDENTS } = entry;
  const changes = incidents.flatMap((incident) => [...changesOf(incident)]);
  const cuts = [...new Set(changes)].filter((at) => at > from && at < to).sort((a, b) => a - b);
  return [from, ...cuts].map((at, index) => compilePart(entry, { from: at, to: cuts[index] ?? to }, services));
}

function compilePart(
  entry: TimelineEntry,
  { from, to }: Pick<CompiledEntry, 'from' | 'to'>,
  services: readonly string[],
): CompiledEntry {
  const { ratios, down, clockOffsetMs = 0, incidents = NO_INCIDENTS } = entry;
  const outages = incidents.flatMap((incident) => incident.outages).filter((outage) => isIn(outage, from));
  const isDown = services.map((name) => down.includes(name) || outages.some(({ service }) => service === name));
  return {
    from,
    to,
    ratios: services.map((name) => {
      if (ratios[name] === undefined) throw new Error(`The world has no ratio for ${name}`);
      return ratioInEffect(entry, name, from);
    }),
    baseRatios: services.map((name) => baseRatio(entry, name, from)),
    isDown,
    isAnyDown: isDown.includes(true),
    clockOffsetMs,
    incidents,
  };
}
