import type { Ratios } from '../../shared/ratios.ts';
import type { Moment } from '../../shared/world.ts';
import type { Cast, Slot } from './cast.ts';
import type { Catalog, CompiledService } from './catalog.ts';
import { chooseTrouble, failureOf, isReached } from './choice.ts';
import { draw, keyOf, seedKey } from './hash.ts';
import type { Page } from './page.ts';

const NEVER = 0x7fffffff;

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

/**
 * Judges a page as it would be if the moment held throughout: 1 for each slot whose line is bad.
 *
 * Services are judged in the order of their dependencies. How many of its lines are bad is the ratio's; lines whose
 * journey has already failed in a service that theirs depends on come first, the rest by hash.
 */
export class Judge {
  readonly #catalog: Catalog;
  readonly #cast: Cast;
  readonly #seed: number;

  constructor(catalog: Catalog, cast: Cast, seed: number) {
    this.#catalog = catalog;
    this.#cast = cast;
    this.#seed = seedKey(seed, 'verdicts');
  }

  verdicts(page: Page, moment: Moment): Uint8Array {
    const { services, judgingOrder } = this.#catalog;
    const bad = new Uint8Array(this.#cast.slots.length);
    const firstFailure = this.#failuresByAbsence(moment);
    const key = keyOf(this.#seed, page.index);
    for (const service of judgingOrder) {
      const { name } = services[service] as CompiledService;
      this.#judge(service, ratioOf(moment.ratios, name), page, key, bad, firstFailure, moment);
    }
    return bad;
  }

  /** For each journey the first slot whose service is down, or NEVER. */
  #failuresByAbsence({ down }: Moment): Int32Array {
    const first = new Int32Array(this.#cast.journeys.length).fill(NEVER);
    this.#catalog.services.forEach(({ name }, service) => {
      if (!down.includes(name)) return;
      for (const slot of this.#cast.slotsOf[service] as readonly number[]) recordFailure(first, this.#slot(slot), slot);
    });
    return first;
  }

  #judge(
    service: number,
    ratio: number,
    page: Page,
    key: number,
    bad: Uint8Array,
    firstFailure: Int32Array,
    moment: Moment,
  ): void {
    const slots = this.#cast.slotsOf[service] as readonly number[];
    const count = badLinesIn(page.index, slots.length, ratio);
    if (count === 0) return;
    // Class, hash and place in one exact number (1 + 32 + 16 bits), so that a plain numeric sort ranks them.
    const ranking = Float64Array.from(slots, (slot, place) => {
      const byOthers = this.#isVictim(service, slot, firstFailure, page, moment);
      return ((byOthers ? 0 : 2 ** 32) + (draw(key, slot) >>> 0)) * 65_536 + place;
    }).sort();
    for (let rank = 0; rank < count; rank++) bad[slots[(ranking[rank] as number) % 65_536] as number] = 1;
    for (const slot of slots) {
      if (bad[slot] === 0) continue;
      const at = this.#slot(slot);
      if ((firstFailure[at.journey] as number) < slot || this.#isBackground(at)) continue;
      const { variant } = chooseTrouble(
        at.step,
        page.keys[at.journey] as number,
        at.stepIndex,
        page.took[slot] as number,
      );
      if (variant.fails) recordFailure(firstFailure, at, slot);
    }
  }

  /** The slot's journey has failed before, in a service that this one depends on, and this one notices. */
  #isVictim(service: number, slot: number, firstFailure: Int32Array, page: Page, moment: Moment): boolean {
    const { journey, step } = this.#slot(slot);
    const failedAt = firstFailure[journey] as number;
    if (failedAt >= slot) return false;
    const culprit = this.#slot(failedAt).step.service;
    if (!(this.#catalog.services[service] as CompiledService).dependsOn.has(culprit)) return false;
    const failure = failureOf(this.#catalog, this.#slot(failedAt), failedAt, page, moment.down);
    return isReached(step, this.#catalog, page.took[slot] as number, failure);
  }

  #slot(index: number): Slot {
    return this.#cast.slots[index] as Slot;
  }

  #isBackground({ journey }: Slot): boolean {
    return this.#cast.journeys[journey]?.background === true;
  }
}

function ratioOf(ratios: Ratios, name: string): number {
  const ratio = ratios[name];
  if (ratio === undefined) throw new Error(`The world has no ratio for ${name}`);
  return ratio;
}

function recordFailure(firstFailure: Int32Array, { journey }: Slot, slot: number): void {
  if (slot < (firstFailure[journey] as number)) firstFailure[journey] = slot;
}
