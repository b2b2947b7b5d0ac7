import { deriveKey, keyAt } from '../hash.ts';

const HOUR_MS = 3_600_000;

/**
 * How far the two halves of a stretch of time differ in traffic, from halves of an hour to halves of 3.5 seconds: a
 * multiplicative cascade. Down to the sixth, whose halves last 56 s, they multiply to between 0.47 and 1.86.
 */
const CONTRASTS = [0.24, 0.2, 0.12, 0.06, 0.03, 0.02, 0.1, 0.2, 0.2, 0.2, 0.2] as const;
const CELLS = 2 ** CONTRASTS.length;
const CELL_MS = HOUR_MS / CELLS;

/** How many hours are kept, since pages of one hour are looked up in turn with those of the next. */
const MAX_HOURS_KEPT = 3;

/** Traffic that comes in bursts of seconds to minutes and is exact over each hour of UTC. */
export class Bursts {
  readonly maxDensity = CONTRASTS.reduce((product, contrast) => product * (1 + contrast), 1);
  readonly #key: number;
  readonly #kept = new Map<number, Float64Array>();
  #hour = Number.NaN;
  /** Even time from the start of the hour to the start of each of its cells, and to its end. */
  #starts: Float64Array = new Float64Array(CELLS + 1);

  constructor(key: number) {
    this.#key = key;
  }

  toTime(even: number): number {
    const hour = Math.floor(even / HOUR_MS);
    const starts = this.#startsOf(hour);
    const at = even - hour * HOUR_MS;
    const cell = cellAt(starts, at);
    const from = starts[cell] as number;
    const share = Math.min(1, (at - from) / ((starts[cell + 1] as number) - from));
    return hour * HOUR_MS + (cell + share) * CELL_MS;
  }

  toEven(time: number): number {
    const hour = Math.floor(time / HOUR_MS);
    const starts = this.#startsOf(hour);
    const position = (time - hour * HOUR_MS) / CELL_MS;
    const cell = Math.min(CELLS - 1, Math.floor(position));
    const from = starts[cell] as number;
    const to = starts[cell + 1] as number;
    return hour * HOUR_MS + Math.min(to, from + (position - cell) * (to - from));
  }

  #startsOf(hour: number): Float64Array {
    if (hour === this.#hour) return this.#starts;
    let starts = this.#kept.get(hour);
    if (!starts) {
      starts = this.#cut(hour);
      if (this.#kept.size === MAX_HOURS_KEPT) this.#kept.delete(this.#kept.keys().next().value as number);
      this.#kept.set(hour, starts);
    }
    this.#hour = hour;
    this.#starts = starts;
    return starts;
  }

  #cut(hour: number): Float64Array {
    const key = keyAt(this.#key, hour);
    // Of each level the masses of its parts, from the last on, each replaced by its two halves.
    const masses = new Float64Array(CELLS);
    masses[0] = HOUR_MS;
    CONTRASTS.forEach((contrast, level) => {
      for (let index = (1 << level) - 1; index >= 0; index--) {
        const mass = masses[index] as number;
        const draw = deriveKey(key, (1 << level) + index);
        // One half has more; by how much varies by a tenth.
        const difference = contrast * (0.9 + ((draw >>> 1) % 1024) / 10_240) * (draw & 1 ? 1 : -1);
        masses[2 * index] = (mass * (1 + difference)) / 2;
        masses[2 * index + 1] = (mass * (1 - difference)) / 2;
      }
    });
    const starts = new Float64Array(CELLS + 1);
    let sum = 0;
    masses.forEach((mass, cell) => {
      starts[cell] = sum;
      sum += mass;
    });
    starts[CELLS] = HOUR_MS;
    return starts;
  }
}

/** Index of the cell in which `at` lies. */
function cellAt(starts: Float64Array, at: number): number {
  let low = 0;
  let high = CELLS - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
