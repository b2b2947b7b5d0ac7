import { deriveKey, keyAt, keysAt, seedKey, skewedInt, unit } from './hash.ts';
import type { PageTemplate, Stage } from './page-template.ts';

/** The journeys of one page. It depends on the seed, the rate and the template only, not on what operators did. */
export interface Page {
  readonly index: number;
  /** Key of each journey. */
  readonly keys: Int32Array;
  /** Start of each journey, in ms since the epoch. */
  readonly starts: Float64Array;
}

/** How time is cut into pages, and the journeys of each. */
export class Pages {
  /** Length of a page, in ms; usually not a whole number. */
  readonly lengthMs: number;
  readonly template: PageTemplate;
  readonly #journeySeed: number;
  readonly #orderSeed: number;
  /** Scratch space, reused for every page: freshly allocated arrays would be collected late. */
  readonly #order: Uint32Array;
  readonly #ends: Float64Array;

  /**
   * @param seed whole number, 0 to 4294967295
   * @param rate lines per second of the whole fleet
   */
  constructor(template: PageTemplate, seed: number, rate: number) {
    this.template = template;
    this.lengthMs = (template.slots.length * 1000) / rate;
    this.#journeySeed = seedKey(seed, 'journeys');
    this.#orderSeed = seedKey(seed, 'order of journeys');
    this.#order = new Uint32Array(template.journeys.length);
    this.#ends = new Float64Array(template.journeys.length + 1);
  }

  /** Key of a journey of any page, without making the page. */
  journeyKey(page: number, journey: number): number {
    return keyAt(this.#journeySeed, page * this.template.journeys.length + journey);
  }

  /** The page that starts `index` page lengths after the epoch. */
  page(index: number): Page {
    const count = this.template.journeys.length;
    return { index, keys: keysAt(this.#journeySeed, index * count, count), starts: this.#starts(index) };
  }

  /** When each line of a page is due, in whole ms since the epoch. */
  timesOf({ keys, starts }: Page): Float64Array {
    const { slots, stagesOf } = this.template;
    const times = new Float64Array(slots.length);
    let slot = 0;
    stagesOf.forEach((stages, journey) => {
      let time = starts[journey] as number;
      for (const stage of stages) {
        time += stageDurationMs(keys[journey] as number, stage);
        times.fill(time, slot, slot + stage.lines);
        slot += stage.lines;
      }
    });
    return times;
  }

  /** Duration of the stage that ends with the line of a slot, in ms. */
  stepDurationMs({ keys }: Page, slot: number): number {
    const { journey, step } = this.template.slots[slot] as PageTemplate['slots'][number];
    const stages = this.template.stagesOf[journey] as readonly Stage[];
    return stageDurationMs(keys[journey] as number, stages[step.stage] as Stage);
  }

  /** Start of each journey: a shuffled order (Fisher-Yates) and heavy-tailed gaps, scaled to fill the page exactly. */
  #starts(index: number): Float64Array {
    const count = this.template.journeys.length;
    const key = keyAt(this.#orderSeed, index);
    const order = this.#order;
    for (let i = 0; i < count; i++) order[i] = i;
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(unit(deriveKey(key, i)) * (i + 1));
      const swapped = order[j] as number;
      order[j] = order[i] as number;
      order[i] = swapped;
    }
    const ends = this.#ends;
    let sum = 0;
    for (let i = 0; i <= count; i++) {
      sum += heavyTailed(unit(deriveKey(key, 10_000 + i)));
      ends[i] = sum;
    }
    const begin = index * this.lengthMs;
    const starts = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      starts[order[i] as number] = Math.floor(begin + ((ends[i] as number) / sum) * this.lengthMs);
    }
    return starts;
  }
}

/** Duration of a stage of the journey with that key, in ms. */
export function stageDurationMs(journeyKey: number, { index, minMs, maxMs }: Stage): number {
  return skewedInt(deriveKey(journeyKey, 1000 + index), minMs, maxMs);
}

/** Quantile of a Lomax distribution of shape 1, cut off at 25: mostly short gaps, now and then a lull. */
function heavyTailed(u: number): number {
  return u / (1.04 - u);
}
