/** Which of its variants a step is told in. */

import { type Choices, type CompiledFailure, type CompiledStep, type CompiledVariant, matches } from './catalog.ts';
import { deriveKey, unit } from './hash.ts';

/** The key under which a step of a journey draws. */
export function stepKey(journeyKey: number, stepIndex: number): number {
  return deriveKey(journeyKey, 2000 + stepIndex);
}

/** One of the variants that apply, by weight; undefined when none does. */
export function choose(
  { variants, weight, isConditional }: Choices,
  key: number,
  took: number,
  failure?: CompiledFailure,
): CompiledVariant | undefined {
  let total = weight;
  if (isConditional) {
    total = 0;
    for (const candidate of variants) if (matches(candidate.variant.if, took, failure)) total += candidate.weight;
  }
  let left = unit(deriveKey(key, 1)) * total;
  for (const candidate of variants) {
    if (isConditional && !matches(candidate.variant.if, took, failure)) continue;
    left -= candidate.weight;
    if (left < 0) return candidate;
  }
  return undefined;
}

/**
 * The trouble that a step would have if it were judged bad. It depends on the journey alone and not on what
 * operators did, so that who judges and who tells agree on whether the journey fails here.
 */
export function chooseFault(step: CompiledStep, journeyKey: number, stepIndex: number, took: number): CompiledVariant {
  const chosen = choose(step.trouble, stepKey(journeyKey, stepIndex), took);
  if (!chosen) throw new Error('No trouble applies: a definition passed that validation should have refused');
  return chosen;
}

/** True when the service still comes to this step after the journey has failed. */
export function isReached({ service, failed }: CompiledStep, took: number, failure: CompiledFailure): boolean {
  // Who was down when the journey needed it knows nothing of the journey.
  if (failure.down && service === failure.failedService) return false;
  const { variants, isConditional } = failed;
  if (!isConditional) return variants.length > 0;
  return variants.some(({ variant }) => matches(variant.if, took, failure));
}
