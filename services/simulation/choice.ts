/** Which of its variants a step is told in. */

import type { Slot } from './cast.ts';
import { applies, type Catalog, type CompiledService, type CompiledStep, type CompiledVariant } from './catalog.ts';
import { draw, unit } from './hash.ts';
import type { Page } from './page.ts';
import type { Failure } from './telling.ts';

/** The key under which a step of a journey draws. */
export function stepKey(journeyKey: number, stepIndex: number): number {
  return draw(journeyKey, 2000 + stepIndex);
}

/** One of the variants that apply, by weight; undefined when none does. */
export function choose(
  variants: readonly CompiledVariant[],
  key: number,
  took: number,
  failure?: Failure,
): CompiledVariant | undefined {
  let total = 0;
  for (const { variant, weight } of variants) if (applies(variant.if, took, failure)) total += weight;
  let left = unit(draw(key, 1)) * total;
  for (const candidate of variants) {
    if (!applies(candidate.variant.if, took, failure)) continue;
    left -= candidate.weight;
    if (left < 0) return candidate;
  }
  return undefined;
}

/**
 * The trouble that a step would have if it were judged bad. It depends on the journey alone and not on what
 * operators did, so that who judges and who tells agree on whether the journey fails here.
 */
export function chooseTrouble(
  step: CompiledStep,
  journeyKey: number,
  stepIndex: number,
  took: number,
): CompiledVariant {
  const chosen = choose(step.trouble, stepKey(journeyKey, stepIndex), took);
  if (!chosen) throw new Error('No trouble applies: a definition passed that validation should have refused');
  return chosen;
}

/** What those after it see of the failure at a slot, given which services were down then. */
export function failureOf(catalog: Catalog, slot: Slot, index: number, page: Page, down: readonly string[]): Failure {
  const service = catalog.services[slot.step.service] as CompiledService;
  if (down.includes(service.name)) return service.unreachable;
  const key = page.keys[slot.journey] as number;
  const { variant } = chooseTrouble(slot.step, key, slot.stepIndex, page.took[index] as number);
  return {
    service: service.name,
    down: false,
    cause: variant.cause ?? 'failed',
    status: variant.status ?? 500,
    address: service.address,
  };
}

/** True when the service still comes to this step after the journey has failed. */
export function isReached(step: CompiledStep, catalog: Catalog, took: number, failure: Failure): boolean {
  // Who was down when the journey needed it knows nothing of the journey.
  if (failure.down && (catalog.services[step.service] as CompiledService).name === failure.service) return false;
  return step.failed.some(({ variant }) => applies(variant.if, took, failure));
}
