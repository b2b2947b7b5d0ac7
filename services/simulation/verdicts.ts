import type { Catalog, CompiledFailure, CompiledService } from './catalog.ts';
import { chooseFault, isReached } from './choice.ts';
import { deriveKey, keyAt, seedKey } from './hash.ts';
import type { Page, Pages } from './page.ts';
import type { Slot } from './page-template.ts';
import { quickselect } from './quickselect.ts';
import type { CompiledMoment } from './timeline-index.ts';

/**
 * How many of the `lines` that a service has in a page are bad: over any run of pages exactly the ratio's share,
 * rounded down at most once.
 */
export function badLinesIn(page: number, lines: number, ratio: number): number {
  const tenths = Math.round(ratio * 10);
  // floor((b+1)x/100) - floor(bx/100) depends on b only modulo 100; so it stays exact however far the page is.
  const b = page % 100;
  return Math.floor(((b + 1) * lines * tenths) / 100) - Math.floor((b * lines * tenths) / 100);
}

/** Where and how each journey of a page has failed. */
export class Failures {
  /** For each journey the first slot at which it failed; beyond all slots where it did not. */
  readonly #at: Int32Array;
  readonly #failures: (CompiledFailure | undefined)[];

  constructor(journeys: number) {
    this.#at = new Int32Array(journeys).fill(0x7fffffff);
    this.#failures = new Array(journeys);
  }

  /** What has made the journey fail before this slot. */
  before({ index, journey }: Slot): CompiledFailure | undefined {
    return (this.#at[journey] as number) < index ? this.#failures[journey] : undefined;
  }

  /** Of several of one journey the first counts. */
  add({ index, journey }: Slot, failure: CompiledFailure): void {
    if (index >= (this.#at[journey] as number)) return;
    this.#at[journey] = index;
    this.#failures[journey] = failure;
  }
}

/**
 * Judges a page as it would be if one moment held throughout: 1 for each slot whose line is bad.
 *
 * Services are judged in the order of their dependencies. How many of its lines are bad is the ratio's; lines whose
 * journey has already failed in a service that theirs depends on come first, the rest by hash.
 */
export class VerdictAssigner {
  readonly #catalog: Catalog;
  readonly #pages: Pages;
  readonly #seed: number;
  /** Of each service, used anew for every page. */
  readonly #rankings: readonly Float64Array[];

  constructor(catalog: Catalog, pages: Pages, seed: number) {
    this.#catalog = catalog;
    this.#pages = pages;
    this.#seed = seedKey(seed, 'verdicts');
    this.#rankings = pages.cast.slotsOf.map(({ length }) => new Float64Array(length));
  }

  verdicts(page: Page, { ratios, isDown, isAnyDown }: CompiledMoment): Uint8Array {
    const { cast } = this.#pages;
    const bad = new Uint8Array(cast.slots.length);
    const failures = new Failures(cast.journeys.length);
    if (isAnyDown) this.#addAbsent(isDown, failures);
    const key = keyAt(this.#seed, page.index);
    for (const service of this.#catalog.dependencyOrder) {
      const slots = cast.slotsOf[service] as readonly number[];
      const count = badLinesIn(page.index, slots.length, ratios[service] as number);
      if (count === 0) continue;
      this.#judge(service, count, page, key, bad, failures);
      for (const slot of slots) if (bad[slot] === 1) this.#addTrouble(page, slot, failures);
    }
    return bad;
  }

  /** The failure that a bad line of the slot would be; undefined when the journey goes on after it. */
  failureAt(page: Page, { index, journey, step, stepIndex }: Slot): CompiledFailure | undefined {
    return chooseFault(step, page.keys[journey] as number, stepIndex, this.#pages.took(page, index)).failure;
  }

  #addAbsent(isDown: readonly boolean[], failures: Failures): void {
    for (const slot of this.#pages.cast.slots) {
      const { service } = slot.step;
      if (isDown[service]) failures.add(slot, this.#service(service).unreachable);
    }
  }

  /** Marks so many of the service's lines as bad. */
  #judge(service: number, count: number, page: Page, key: number, bad: Uint8Array, failures: Failures): void {
    const slots = this.#pages.cast.slotsOf[service] as readonly number[];
    const ranking = this.#rankings[service] as Float64Array;
    for (let place = 0; place < slots.length; place++) {
      const slot = slots[place] as number;
      const rank = this.#isVictim(service, slot, failures, page) ? 0 : 2 ** 32;
      // Class, hash and place in one exact number (1 + 32 + 16 bits), by which they are ranked.
      ranking[place] = (rank + (deriveKey(key, slot) >>> 0)) * 65_536 + place;
    }
    quickselect(ranking, count);
    for (let rank = 0; rank < count; rank++) bad[slots[(ranking[rank] as number) % 65_536] as number] = 1;
  }

  #addTrouble(page: Page, index: number, failures: Failures): void {
    const slot = this.#slot(index);
    if (failures.before(slot) || this.#pages.cast.journeys[slot.journey]?.background) return;
    const failure = this.failureAt(page, slot);
    if (failure) failures.add(slot, failure);
  }

  /** The slot's journey has failed before, in a service that this one depends on, and this one notices. */
  #isVictim(service: number, index: number, failures: Failures, page: Page): boolean {
    const slot = this.#slot(index);
    const failure = failures.before(slot);
    if (!failure || !this.#service(service).dependsOn.has(failure.failedService)) return false;
    return isReached(slot.step, this.#pages.took(page, index), failure);
  }

  #slot(index: number): Slot {
    return this.#pages.cast.slots[index] as Slot;
  }

  #service(index: number): CompiledService {
    return this.#catalog.services[index] as CompiledService;
  }
}
