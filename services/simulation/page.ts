import { deriveKey, keyAt, keysAt, seedKey, skewedInt, unit } from './hash.ts';
import type { PageTemplate, Stage } from './page-template.ts';

/** The journeys of one page. It depends on seed, rate and cast alone, not on what operators did. */
export interface Page {
  readonly index: number;
  /** Key of each journey. */
  readonly keys: Int32Array;
  /** When each journey begins, in ms since the epoch. */
  readonly starts: Float64Array;
}

/** How time is cut into pages, and what becomes of each. */
export class Pages {
  /** Length of a page, in ms; not a whole number in general. */
  readonly length: number;
  readonly cast: PageTemplate;
  readonly #journeySeed: number;
  readonly #orderSeed: number;
  /** Used anew for every page: the memory of arrays is given back late. */
  readonly #order: Uint32Array;
  readonly #ends: Float64Array;

  constructor(cast: PageTemplate, seed: number, rate: number) {
    this.cast = cast;
    this.length = (cast.slots.length * 1000) / rate;
    this.#journeySeed = seedKey(seed, 'journeys');
    this.#orderSeed = seedKey(seed, 'order of journeys');
    this.#order = new Uint32Array(cast.journeys.length);
    this.#ends = new Float64Array(cast.journeys.length + 1);
  }

  /** Key of a journey of any page, without making the page. */
  journeyKey(page: number, journey: number): number {
    return keyAt(this.#journeySeed, page * this.cast.journeys.length + journey);
  }

  page(index: number): Page {
    const count = this.cast.journeys.length;
    return { index, keys: keysAt(this.#journeySeed, index * count, count), starts: this.#starts(index) };
  }

  /** When each line of a page is due, in ms since the epoch; a whole number. */
  timesOf({ keys, starts }: Page): Float64Array {
    const { slots, beatsOf } = this.cast;
    const times = new Float64Array(slots.length);
    let slot = 0;
    beatsOf.forEach((stages, journey) => {
      let time = starts[journey] as number;
      for (const stage of stages) {
        time += durationOf(keys[journey] as number, stage);
        times.fill(time, slot, slot + stage.lines);
        slot += stage.lines;
      }
    });
    return times;
  }

  /** How long the stage of a line took, in ms. */
  took({ keys }: Page, slot: number): number {
    const { journey, step } = this.cast.slots[slot] as PageTemplate['slots'][number];
    return durationOf(keys[journey] as number, (this.cast.beatsOf[journey] as readonly Stage[])[step.stage] as Stage);
  }

  /**
   * Start of each journey of the cast: a shuffled order (Fisher-Yates), and gaps with a heavy tail, scaled to fill
   * the page exactly.
   */
  #starts(index: number): Float64Array {
    const count = this.cast.journeys.length;
    const key = keyAt(this.#orderSeed, index);
    const order = this.#order;
    for (let i = 0; i < count; i++) order[i] = i;
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(unit(deriveKey(key, i)) * (i + 1));
      const other = order[j] as number;
      order[j] = order[i] as number;
      order[i] = other;
    }
    const ends = this.#ends;
    let sum = 0;
    for (let i = 0; i <= count; i++) {
      sum += heavyTailed(unit(deriveKey(key, 10_000 + i)));
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

/** How long a stage of the journey with that key takes, in ms. */
export function durationOf(journeyKey: number, { index, low, high }: Stage): number {
  return skewedInt(deriveKey(journeyKey, 1000 + index), low, high);
}

/** Quantile of a Lomax distribution of shape 1, cut off at 25: mostly short gaps, now and then a lull. */
function heavyTailed(u: number): number {
  return u / (1.04 - u);
}
