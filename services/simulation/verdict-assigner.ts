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
import type { FleetState, States } from './state/fleet-state.ts';
import type { ServiceState } from './state/service-state.ts';
import { phaseOf, type Spell } from './state/spells.ts';
import type { CompiledEntry } from './timeline-index.ts';

/** Which lines of a page are bad, and which of its journeys fail. */
export interface PageVerdicts {
  /** 1 for each slot whose line is bad. */
  readonly bad: Uint8Array;
  readonly failures: Failures;
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

/** What is known while the verdicts of a page are being assigned. */
interface Draft {
  readonly page: Page;
  readonly states: States;
  /** 1 for each slot whose line is bad. */
  readonly bad: Uint8Array;
  readonly failures: Failures;
}

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
  readonly #fleet: FleetState;
  readonly #seed: number;
  /** Scratch space of each service, reused for every page. */
  readonly #rankings: readonly Float64Array[];

  /** @param seed whole number, 0 to 4294967295 */
  constructor(catalog: Catalog, template: PageTemplate, contexts: LineContexts, fleet: FleetState, seed: number) {
    this.#catalog = catalog;
    this.#template = template;
    this.#contexts = contexts;
    this.#fleet = fleet;
    this.#seed = seedKey(seed, 'verdicts');
    this.#rankings = template.slotsOf.map(({ length }) => new Float64Array(length));
  }

  assign(page: Page, entry: CompiledEntry): PageVerdicts {
    const { ratios, isDown, isAnyDown } = entry;
    const { slots, slotsOf, journeys } = this.#template;
    const bad = new Uint8Array(slots.length);
    const failures = new Failures(journeys.length);
    const draft = { page, states: this.#fleet.under(entry), bad, failures };
    if (isAnyDown) this.#addDownServices(isDown, failures);
    const key = keyAt(this.#seed, page.index);
    for (const service of this.#catalog.dependencyOrder) {
      const own = slotsOf[service] as readonly number[];
      const count = badLinesIn(page.index, own.length, ratios[service] as number);
      if (count > 0) this.#markBad(service, count, key, draft);
      for (const index of own) {
        const failure = this.#failureAt(this.#slot(index), draft);
        if (failure) failures.add(this.#slot(index), failure);
      }
    }
    return { bad, failures };
  }

  /** The failure that the line in this slot means for its journey; undefined when the journey goes on after it. */
  failureAt(
    page: Page,
    slot: Slot,
    entry: CompiledEntry,
    bad: Uint8Array,
    failures: Failures,
  ): CompiledFailure | undefined {
    return this.#failureAt(slot, { page, states: this.#fleet.under(entry), bad, failures });
  }

  #failureAt(slot: Slot, { page, states, bad, failures }: Draft): CompiledFailure | undefined {
    const { step } = slot;
    const isBad = bad[slot.index] === 1;
    if (!(isBad || step.mayRefuse)) return undefined;
    if (step.isOwnLine || failures.before(slot)) return undefined;
    return this.#contexts.variantOf(page, slot, isBad, states).failure;
  }

  #addDownServices(isDown: readonly boolean[], failures: Failures): void {
    for (const slot of this.#template.slots) {
      if (isDown[slot.step.service]) failures.add(slot, slot.step.unreachable);
    }
  }

  /** Marks `count` lines of the service as bad. */
  #markBad(service: number, count: number, key: number, draft: Draft): void {
    const slots = this.#template.slotsOf[service] as readonly number[];
    const ranking = this.#rankings[service] as Float64Array;
    for (let place = 0; place < slots.length; place++) {
      const index = slots[place] as number;
      const slot = this.#slot(index);
      const lot = deriveKey(key, index) >>> 0;
      // Class, lot and place in one exact number (2 + 32 + 16 bits) that sorts in this order.
      ranking[place] = this.#rank(draft, slot, lot) * 65_536 + place;
    }
    quickselect(ranking, count);
    for (let rank = 0; rank < count; rank++) draft.bad[slots[(ranking[rank] as number) % 65_536] as number] = 1;
  }

  #rank(draft: Draft, slot: Slot, lot: number): number {
    const failure = draft.failures.before(slot);
    if (failure && !slot.step.isOwnLine) return lot + 2 ** 32 * this.#classAfter(draft, slot, failure);
    if (this.#isCertain(draft, slot)) return lot + 2 ** 32 * CERTAIN;
    if (this.#hasHappened(draft, slot, slot.step.goodEvents)) return lot + 2 ** 32 * GOOD_NEWS;
    return Math.floor(lot / this.#weight(draft, slot)) + 2 ** 32 * OTHER;
  }

  /**
   * The class of a line whose journey has failed before. It is affected by the failure when that was in a service that its
   * own depends on, and its own still takes part in the journey.
   */
  #classAfter(draft: Draft, slot: Slot, failure: CompiledFailure): number {
    const { step, stage } = slot;
    if (!isReached(step, draft.page.durations[stage] as number, failure)) return OTHER;
    if (!failure.isExpected && this.#service(step.service).dependsOn.has(failure.failedService)) return AFFECTED;
    return this.#isPersonal(draft, slot, step.symptoms.personalAfterFailure) ? CERTAIN : OTHER;
  }

  /** Something is so just now that makes a good line out of place. */
  #isCertain(draft: Draft, slot: Slot): boolean {
    const { step, stage } = slot;
    const { personal, events, timeouts } = step.symptoms;
    const { chooser } = this.#contexts;
    if (timeouts.length > 0 && chooser.isTimedOut(step, draft.page.durations[stage] as number)) return true;
    return this.#isPersonal(draft, slot, personal) || this.#hasHappened(draft, slot, events);
  }

  /** One of these personal faults is true of the customer or the goods. */
  #isPersonal({ page, states }: Draft, { step, journey }: Slot, faults: readonly number[]): boolean {
    if (faults.length === 0) return false;
    const state = states[step.service] as ServiceState;
    const subject = this.#contexts.subjectOf(page, journey);
    for (const index of faults) if (state.isAffected(index, subject, page.starts[journey] as number)) return true;
    return false;
  }

  /** What one of these variants tells has just happened. */
  #hasHappened({ page, states }: Draft, slot: Slot, variants: readonly CompiledVariant[]): boolean {
    if (variants.length === 0) return false;
    const context = this.#contexts.of(page, slot, states);
    for (const variant of variants) if (this.#contexts.chooser.hasHappened(variant, context)) return true;
    return false;
  }

  #weight({ page, states }: Draft, { step, journey }: Slot): number {
    const state = states[step.service] as ServiceState;
    const at = page.starts[journey] as number;
    let weight = 1;
    for (let spell: Spell | undefined = state.spellAt(at); spell; spell = spell.earlier) {
      if (!step.symptoms.lasting[spell.fault]) continue;
      if (step.isProbe) weight = phaseOf(spell, at) === 'peak' ? PROBE : weight;
      else if (!state.faultyTarget(spell) || step.isOwnLine) weight = Math.max(weight, SYMPTOM);
      else if (state.concerns(spell, this.#contexts.subjectOf(page, journey).targetKey)) return SYMPTOM_AT_TARGET;
    }
    return weight;
  }

  #slot(index: number): Slot {
    return this.#template.slots[index] as Slot;
  }

  #service(index: number): CompiledService {
    return this.#catalog.services[index] as CompiledService;
  }
}
