import { badLinesIn } from './bad-line-count.ts';
import type { Catalog, CompiledService } from './catalog.ts';
import { isReached } from './choice.ts';
import type { CompiledFailure, CompiledVariant } from './compiled-variant.ts';
import { Failures } from './failures.ts';
import { deriveKey, keyAt, seedKey } from './hash.ts';
import type { LineContexts } from './line-contexts.ts';
import type { Page } from './page.ts';
import type { PageTemplate, Slot } from './page-template.ts';
import { quickselect } from './quickselect.ts';
import type { CompiledEntry } from './timeline-index.ts';

/** Which lines of a page are bad, and which of its journeys fail. */
export interface PageVerdicts {
  /** 1 for each slot whose line is bad. */
  readonly bad: Uint8Array;
  readonly failures: Failures;
  /** Whether no line of the slot's service is bad at its time. */
  readonly isCalm: (slot: Slot) => boolean;
}

/** Lines come before all others that are more likely to be bad; within a class by hash, divided by their weight. */
const AFFECTED = 0;
const CERTAIN = 1;
const OTHER = 2;
/** A line that reports the end of something: a bad one would be out of place. */
const GOOD_NEWS = 3;

/** Weight of a line that can tell the fault that is on; the more so when it concerns the very instance that has it. */
const SYMPTOM = 40;
const SYMPTOM_AT_TARGET = 400;
/** Weight of the answer to a health check, which is to find out what is wrong. */
const PROBE = 400;

/**
 * Decides which lines of a page are bad, as if one timeline entry were in force throughout.
 *
 * Services are taken in dependency order. The ratio gives the number of bad lines. Those come first whose journey has
 * already failed in a service that theirs depends on; then what has timed out or what is true of its customer; then the
 * rest by weighted lot.
 */
export class VerdictAssigner {
  readonly #catalog: Catalog;
  readonly #template: PageTemplate;
  readonly #contexts: LineContexts;
  readonly #seed: number;
  /** Scratch space of each service, reused for every page. */
  readonly #rankings: readonly Float64Array[];

  /** @param seed whole number, 0 to 4294967295 */
  constructor(catalog: Catalog, template: PageTemplate, contexts: LineContexts, seed: number) {
    this.#catalog = catalog;
    this.#template = template;
    this.#contexts = contexts;
    this.#seed = seedKey(seed, 'verdicts');
    this.#rankings = template.slotsOf.map(({ length }) => new Float64Array(length));
  }

  assign(page: Page, { ratios, isDown, isAnyDown }: CompiledEntry): PageVerdicts {
    const { slots, slotsOf, journeys } = this.#template;
    const bad = new Uint8Array(slots.length);
    const failures = new Failures(journeys.length);
    if (isAnyDown) this.#addDownServices(isDown, failures);
    const key = keyAt(this.#seed, page.index);
    for (const service of this.#catalog.dependencyOrder) {
      const own = slotsOf[service] as readonly number[];
      const count = badLinesIn(page.index, own.length, ratios[service] as number);
      if (count > 0) this.#markBad(service, count, page, key, bad, failures);
      for (const index of own) {
        const isCalm = ratios[service] === 0;
        const failure = this.failureAt(page, this.#slot(index), bad[index] === 1, isCalm, failures);
        if (failure) failures.add(this.#slot(index), failure);
      }
    }
    return { bad, failures, isCalm: ({ step }) => ratios[step.service] === 0 };
  }

  /**
   * The failure that the line in this slot means for its journey; undefined when the journey goes on after it.
   * @param isCalm whether no line of its service is bad
   */
  failureAt(page: Page, slot: Slot, isBad: boolean, isCalm: boolean, failures: Failures): CompiledFailure | undefined {
    const { step } = slot;
    if (!(isBad || step.mayRefuse)) return undefined;
    if (step.isOwnLine || failures.before(slot)) return undefined;
    return this.#contexts.variantOf(page, slot, isBad, isCalm).failure;
  }

  #addDownServices(isDown: readonly boolean[], failures: Failures): void {
    for (const slot of this.#template.slots) {
      if (isDown[slot.step.service]) failures.add(slot, slot.step.unreachable);
    }
  }

  /** Marks `count` lines of the service as bad. */
  #markBad(service: number, count: number, page: Page, key: number, bad: Uint8Array, failures: Failures): void {
    const slots = this.#template.slotsOf[service] as readonly number[];
    const ranking = this.#rankings[service] as Float64Array;
    for (let place = 0; place < slots.length; place++) {
      const index = slots[place] as number;
      const slot = this.#slot(index);
      const lot = deriveKey(key, index) >>> 0;
      // Class, lot and place in one exact number (2 + 32 + 16 bits) that sorts in this order.
      ranking[place] = this.#rank(page, slot, failures, lot) * 65_536 + place;
    }
    quickselect(ranking, count);
    for (let rank = 0; rank < count; rank++) bad[slots[(ranking[rank] as number) % 65_536] as number] = 1;
  }

  #rank(page: Page, slot: Slot, failures: Failures, lot: number): number {
    const failure = failures.before(slot);
    if (failure && !slot.step.isOwnLine) return lot + 2 ** 32 * this.#classAfter(page, slot, failure);
    if (this.#isCertain(page, slot)) return lot + 2 ** 32 * CERTAIN;
    if (this.#hasHappened(page, slot, slot.step.goodEvents)) return lot + 2 ** 32 * GOOD_NEWS;
    return Math.floor(lot / this.#weight(page, slot)) + 2 ** 32 * OTHER;
  }

  /**
   * The class of a line whose journey has failed before. It is affected by the failure when that was in a service that its
   * own depends on, and its own still takes part in the journey.
   */
  #classAfter(page: Page, slot: Slot, failure: CompiledFailure): number {
    const { step, stage } = slot;
    if (!isReached(step, page.durations[stage] as number, failure)) return OTHER;
    if (!failure.isExpected && this.#service(step.service).dependsOn.has(failure.failedService)) return AFFECTED;
    return this.#isPersonal(page, slot, step.symptoms.personalAfterFailure) ? CERTAIN : OTHER;
  }

  /** Something is so just now that makes a good line out of place. */
  #isCertain(page: Page, slot: Slot): boolean {
    const { step, stage } = slot;
    const { personal, events, timeouts } = step.symptoms;
    const { chooser } = this.#contexts;
    if (timeouts.length > 0 && chooser.isTimedOut(step, page.durations[stage] as number)) return true;
    return this.#isPersonal(page, slot, personal) || this.#hasHappened(page, slot, events);
  }

  /** One of these personal faults is true of the customer or the goods. */
  #isPersonal(page: Page, { step, journey }: Slot, faults: readonly number[]): boolean {
    if (faults.length === 0) return false;
    const state = this.#contexts.stateOf(step.service);
    const subject = this.#contexts.subjectOf(page, journey);
    for (const index of faults) if (state.isAffected(index, subject, page.starts[journey] as number)) return true;
    return false;
  }

  /** What one of these variants tells has just happened. */
  #hasHappened(page: Page, slot: Slot, variants: readonly CompiledVariant[]): boolean {
    if (variants.length === 0) return false;
    const context = this.#contexts.of(page, slot);
    for (const variant of variants) if (this.#contexts.chooser.hasHappened(variant, context)) return true;
    return false;
  }

  #weight(page: Page, slot: Slot): number {
    const { step, journey } = slot;
    const state = this.#contexts.stateOf(step.service);
    const at = page.starts[journey] as number;
    const spell = state.spellAt(at);
    if (!step.symptoms.lasting[spell.fault]) return 1;
    if (step.isProbe) return state.phaseOf(spell, at) === 'peak' ? PROBE : 1;
    if (!state.faultyTarget(spell) || step.isOwnLine) return SYMPTOM;
    return state.concerns(spell, this.#contexts.subjectOf(page, journey).targetKey) ? SYMPTOM_AT_TARGET : 1;
  }

  #slot(index: number): Slot {
    return this.#template.slots[index] as Slot;
  }

  #service(index: number): CompiledService {
    return this.#catalog.services[index] as CompiledService;
  }
}
