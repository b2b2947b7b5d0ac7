import { badLinesIn } from './bad-line-count.ts';
import type { Catalog, CompiledService } from './catalog.ts';
import { chooseFault, isReached } from './choice.ts';
import type { CompiledFailure } from './compiled-variant.ts';
import { Failures } from './failures.ts';
import { deriveKey, keyAt, seedKey } from './hash.ts';
import type { Page, Pages } from './page.ts';
import type { PageTemplate, Slot } from './page-template.ts';
import { quickselect } from './quickselect.ts';
import type { CompiledEntry } from './timeline-index.ts';

/**
 * Decides which lines of a page are bad, as if one timeline entry were in force throughout.
 *
 * Services are taken in dependency order. The ratio gives the number of bad lines; lines whose journey has already
 * failed in a service that theirs depends on come first, the rest by hash.
 */
export class VerdictAssigner {
  readonly #catalog: Catalog;
  readonly #pages: Pages;
  readonly #seed: number;
  /** Scratch space of each service, reused for every page. */
  readonly #rankings: readonly Float64Array[];

  /** @param seed whole number, 0 to 4294967295 */
  constructor(catalog: Catalog, pages: Pages, seed: number) {
    this.#catalog = catalog;
    this.#pages = pages;
    this.#seed = seedKey(seed, 'verdicts');
    this.#rankings = pages.template.slotsOf.map(({ length }) => new Float64Array(length));
  }

  /** @returns 1 for each slot whose line is bad */
  assign(page: Page, { ratios, isDown, isAnyDown }: CompiledEntry): Uint8Array {
    const { slots, slotsOf, journeys } = this.#template;
    const bad = new Uint8Array(slots.length);
    const failures = new Failures(journeys.length);
    if (isAnyDown) this.#addDownServices(isDown, failures);
    const key = keyAt(this.#seed, page.index);
    for (const service of this.#catalog.dependencyOrder) {
      const own = slotsOf[service] as readonly number[];
      const count = badLinesIn(page.index, own.length, ratios[service] as number);
      if (count === 0) continue;
      this.#markBad(service, count, page, key, bad, failures);
      for (const slot of own) if (bad[slot] === 1) this.#addFailure(page, slot, failures);
    }
    return bad;
  }

  /** The failure that a bad line in this slot means for its journey; undefined when the journey goes on after it. */
  failureAt(page: Page, { index, journey, step, stepIndex }: Slot): CompiledFailure | undefined {
    const durationMs = this.#pages.stepDurationMs(page, index);
    return chooseFault(step, page.keys[journey] as number, stepIndex, durationMs).failure;
  }

  #addDownServices(isDown: readonly boolean[], failures: Failures): void {
    for (const slot of this.#template.slots) {
      const { service } = slot.step;
      if (isDown[service]) failures.add(slot, this.#service(service).unreachable);
    }
  }

  /** Marks `count` lines of the service as bad. */
  #markBad(service: number, count: number, page: Page, key: number, bad: Uint8Array, failures: Failures): void {
    const slots = this.#template.slotsOf[service] as readonly number[];
    const ranking = this.#rankings[service] as Float64Array;
    for (let place = 0; place < slots.length; place++) {
      const slot = slots[place] as number;
      const rank = this.#isAffected(service, slot, failures, page) ? 0 : 2 ** 32;
      // Class, hash and place in one exact number (1 + 32 + 16 bits) that sorts in this order.
      ranking[place] = (rank + (deriveKey(key, slot) >>> 0)) * 65_536 + place;
    }
    quickselect(ranking, count);
    for (let rank = 0; rank < count; rank++) bad[slots[(ranking[rank] as number) % 65_536] as number] = 1;
  }

  #addFailure(page: Page, index: number, failures: Failures): void {
    const slot = this.#slot(index);
    if (failures.before(slot) || this.#template.journeys[slot.journey]?.background) return;
    const failure = this.failureAt(page, slot);
    if (failure) failures.add(slot, failure);
  }

  /** The slot's journey failed earlier in a service that this one depends on, and this one still takes part in it. */
  #isAffected(service: number, index: number, failures: Failures, page: Page): boolean {
    const slot = this.#slot(index);
    const failure = failures.before(slot);
    if (!failure || !this.#service(service).dependsOn.has(failure.failedService)) return false;
    return isReached(slot.step, this.#pages.stepDurationMs(page, index), failure);
  }

  get #template(): PageTemplate {
    return this.#pages.template;
  }

  #slot(index: number): Slot {
    return this.#template.slots[index] as Slot;
  }

  #service(index: number): CompiledService {
    return this.#catalog.services[index] as CompiledService;
  }
}
