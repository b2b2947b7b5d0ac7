import { durationOf, type Page, type Pages } from './page.ts';
import type { Stage } from './page-template.ts';

/** A line due: its page, its slot and its time, packed into one exact number that sorts in this order: time, page, slot. */
type PackedDue = number;

/** The lines due while one page's length of time passes: of its own page and of those before it. */
interface TimeBucket {
  /** In any order, as they come. */
  readonly pending: PackedDue[];
  /** In order; made when first asked for, when no more can come. */
  sorted: Float64Array | undefined;
}

/**
 * Which slots of which pages are due when, in the total order of time, page and slot.
 *
 * It holds the pages around the interval asked for last. To go on from there costs a page or two; anything else begins
 * anew, with all pages whose journeys can reach that far. What it holds is a cache and never changes an answer.
 */
export class Schedule<P extends Page> {
  readonly #pages: Pages;
  readonly #open: (index: number) => P;
  readonly #journeys: readonly number[];
  readonly #isWanted: Uint8Array;
  /** How many pages before and after a stretch can have lines in it. */
  readonly #back: number;
  readonly #ahead: number;
  readonly #pageFactor: number;
  readonly #slotFactor: number;
  /** Pages and stretches by their index less that of the first. */
  #held: P[] = [];
  #firstHeld = 0;
  #stretches: TimeBucket[] = [];
  #firstStretch = 0;

  /**
   * @param slots the slots of interest
   * @param open makes the page of an index
   */
  constructor(pages: Pages, slots: readonly number[], open: (index: number) => P) {
    const { cast, length } = pages;
    this.#pages = pages;
    this.#open = open;
    this.#isWanted = new Uint8Array(cast.slots.length);
    for (const slot of slots) this.#isWanted[slot] = 1;
    this.#journeys = [...new Set(slots.map((slot) => cast.slots[slot]?.journey as number))];
    this.#back = Math.ceil(cast.longest / length) + 2;
    // The time of a journey's begin is rounded down to a whole ms, which may be before its page.
    this.#ahead = Math.ceil(1 / length);
    this.#pageFactor = powerOfTwo(this.#back + this.#ahead + 1);
    this.#slotFactor = powerOfTwo(cast.slots.length);
  }

  /** Calls `visit` for each line due at `from` or later and before `to`, in order, until it returns false. */
  visit(from: number, to: number, visit: (page: P, slot: number, time: number) => boolean): void {
    if (!(from < to)) return;
    const length = this.#pages.length;
    const last = Math.floor(to / length);
    this.#goTo(Math.floor(from / length));
    for (let stretch = Math.floor(from / length); stretch <= last; stretch++) {
      this.#load(stretch + this.#ahead);
      if (!this.#visitStretch(stretch, from, to, visit)) return;
    }
  }

  #visitStretch(
    index: number,
    from: number,
    to: number,
    visit: (page: P, slot: number, time: number) => boolean,
  ): boolean {
    const stretch = this.#stretches[index - this.#firstStretch];
    if (!stretch) return true;
    const due = stretch.sorted ?? sort(stretch);
    const base = Math.floor(index * this.#pages.length);
    const firstPage = index - this.#back - this.#firstHeld;
    const slotFactor = this.#slotFactor;
    const pageFactor = this.#pageFactor;
    for (let i = lowerBound(due, (Math.ceil(from) - base) * pageFactor * slotFactor); i < due.length; i++) {
      // Divisions by powers of two are exact.
      const key = due[i] as number;
      const rest = Math.floor(key / slotFactor);
      const after = Math.floor(rest / pageFactor);
      const time = base + after;
      if (time >= to) return false;
      const page = this.#held[firstPage + rest - after * pageFactor] as P;
      if (visit(page, key - rest * slotFactor, time) === false) return false;
    }
    return true;
  }

  /** Makes `stretch` the first that is held. */
  #goTo(stretch: number): void {
    const firstPage = Math.max(0, stretch - this.#back);
    if (stretch < this.#firstStretch || firstPage > this.#firstHeld + this.#held.length) {
      this.#held = [];
      this.#stretches = [];
      this.#firstHeld = firstPage;
    } else {
      this.#held.splice(0, firstPage - this.#firstHeld);
      this.#firstHeld = firstPage;
      this.#stretches.splice(0, stretch - this.#firstStretch);
    }
    this.#firstStretch = stretch;
  }

  /** Holds all pages up to the one of that index. */
  #load(index: number): void {
    for (let next = this.#firstHeld + this.#held.length; next <= index; next++) {
      const page = this.#open(next);
      this.#held.push(page);
      this.#schedule(page);
    }
  }

  /** Puts the lines of a page into the stretches of their times. */
  #schedule(page: P): void {
    const { cast, length } = this.#pages;
    const { keys, starts, index } = page;
    const begin = this.#firstStretch * length;
    for (const journey of this.#journeys) {
      let time = starts[journey] as number;
      // It ends before anything of interest begins.
      if (time + (cast.longestOf[journey] as number) < begin) continue;
      const key = keys[journey] as number;
      let slot = cast.firstSlot[journey] as number;
      for (const stage of cast.beatsOf[journey] as readonly Stage[]) {
        time += durationOf(key, stage);
        for (const end = slot + stage.lines; slot < end; slot++) {
          if (this.#isWanted[slot] === 1) this.#add(Math.floor(time / length), time, index, slot);
        }
      }
    }
  }

  #add(stretch: number, time: number, page: number, slot: number): void {
    const at = stretch - this.#firstStretch;
    if (at < 0) return;
    while (this.#stretches.length <= at) this.#stretches.push({ pending: [], sorted: undefined });
    const after = time - Math.floor(stretch * this.#pages.length);
    const back = page - stretch + this.#back;
    this.#stretches[at]?.pending.push((after * this.#pageFactor + back) * this.#slotFactor + slot);
  }
}

function sort(stretch: TimeBucket): Float64Array {
  stretch.sorted = Float64Array.from(stretch.pending).sort();
  stretch.pending.length = 0;
  return stretch.sorted;
}

/** The smallest power of two that is larger. */
function powerOfTwo(than: number): number {
  let power = 1;
  while (power <= than) power *= 2;
  return power;
}

/** Index of the first that is not less than `bound`. */
function lowerBound(sorted: Float64Array, bound: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
