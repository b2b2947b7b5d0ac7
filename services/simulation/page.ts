import type { Cast } from './cast.ts';
import { draw, keyOf, seedKey, skewed, unit } from './hash.ts';

/** When everything in one page happens. Depends on seed, rate and cast alone, not on what operators did. */
export interface Page {
  readonly index: number;
  /** Key of each journey. */
  readonly keys: Int32Array;
  /** When each journey begins, in ms since the epoch. */
  readonly starts: Float64Array;
  /** When each line is due, in ms since the epoch. */
  readonly times: Float64Array;
  /** How long the beat of each line took, in ms. */
  readonly took: Float64Array;
  /** Latest time of a line in it. */
  readonly last: number;
}

/** How time is cut into pages, and what becomes of each. */
export class Pages {
  /** Length of a page, in ms; not a whole number in general. */
  readonly length: number;
  readonly #cast: Cast;
  readonly #journeySeed: number;
  readonly #orderSeed: number;

  constructor(cast: Cast, seed: number, rate: number) {
    this.#cast = cast;
    this.length = (cast.slots.length * 1000) / rate;
    this.#journeySeed = seedKey(seed, 'journeys');
    this.#orderSeed = seedKey(seed, 'order of journeys');
  }

  /** Pages that can have lines at or after `from` and before `to`: the first and the last index. */
  spanOf(from: number, to: number): readonly [number, number] {
    // One more on each side: a division may round to the wrong side of a page's edge.
    const first = Math.floor((from - this.#cast.longest) / this.length) - 1;
    return [Math.max(0, first), Math.floor(to / this.length) + 1];
  }

  /** Key of a journey of any page, without making the page. */
  journeyKey(page: number, journey: number): number {
    return keyOf(this.#journeySeed, page * this.#cast.journeys.length + journey);
  }

  page(index: number): Page {
    const { journeys, firstSlot, slots } = this.#cast;
    const keys = new Int32Array(journeys.length);
    const starts = this.#starts(index);
    const times = new Float64Array(slots.length);
    const took = new Float64Array(slots.length);
    let last = 0;
    journeys.forEach(({ beats, steps }, journey) => {
      const key = this.journeyKey(index, journey);
      keys[journey] = key;
      let time = starts[journey] as number;
      let next = 0;
      beats.forEach(([low, high], beat) => {
        const duration = skewed(draw(key, 1000 + beat), low, high);
        time += duration;
        while (steps[next]?.beat === beat) {
          const slot = (firstSlot[journey] as number) + next++;
          times[slot] = time;
          took[slot] = duration;
        }
      });
      if (time > last) last = time;
    });
    return { index, keys, starts, times, took, last };
  }

  /**
   * Start of each journey of the cast: a shuffled order (Fisher-Yates), and gaps with a heavy tail, scaled to fill
   * the page exactly.
   */
  #starts(index: number): Float64Array {
    const count = this.#cast.journeys.length;
    const key = keyOf(this.#orderSeed, index);
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(unit(draw(key, i)) * (i + 1));
      const other = order[j] as number;
      order[j] = order[i] as number;
      order[i] = other;
    }
    const ends = new Float64Array(count + 1);
    let sum = 0;
    for (let i = 0; i <= count; i++) {
      sum += heavyTailed(unit(draw(key, 10_000 + i)));
      ends[i] = sum;
    }
    const begin = index * this.length;
    const starts = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      starts[order[i] as number] = Math.floor(begin + ((ends[i] as number) / sum) * this.length);
    }
    return starts;
  }
}

/** Quantile of a Lomax distribution of shape 1, cut off at 25: mostly short gaps, now and then a lull. */
function heavyTailed(u: number): number {
  return u / (1.04 - u);
}
