/** Which of its variants a step's line has. */

import { type Choices, type CompiledStep, matches } from './catalog.ts';
import type { CompiledFailure, CompiledVariant } from './compiled-variant.ts';
import { deriveKey, unit } from './hash.ts';

/** The key under which a step of a journey draws. */
export function stepKey(journeyKey: number, stepIndex: number): number {
  return deriveKey(journeyKey, 2000 + stepIndex);
}

/** One of the variants that apply, chosen by weight; undefined when none applies. */
export function choose(
  { variants, weight, isConditional }: Choices,
  key: number,
  durationMs: number,
  failure?: CompiledFailure,
): CompiledVariant | undefined {
  let total = weight;
  if (isConditional) {
    total = 0;
    for (const candidate of variants)
      if (matches(candidate.variant.when, durationMs, failure)) total += candidate.weight;
  }
  let left = unit(deriveKey(key, 1)) * total;
  for (const candidate of variants) {
    if (isConditional && !matches(candidate.variant.when, durationMs, failure)) continue;
    left -= candidate.weight;
    if (left < 0) return candidate;
  }
  return undefined;
}

/**
 * The bad variant of a step if its line is bad. It depends on the journey alone, not on what operators did, so that
 * verdicts and rendering agree on whether the journey fails here.
 */
export function chooseFault(
  step: CompiledStep,
  journeyKey: number,
  stepIndex: number,
  durationMs: number,
): CompiledVariant {
  const chosen = choose(step.bad, stepKey(journeyKey, stepIndex), durationMs);
  if (!chosen) throw new Error('No bad variant applies: validation should have refused the definition');
  return chosen;
}

/** True when the service still reaches this step after the journey has failed. */
export function isReached(
  { service, afterFailure }: CompiledStep,
  durationMs: number,
  failure: CompiledFailure,
): boolean {
  // A service that was down when the journey needed it knows nothing of the journey.
  if (failure.down && service === failure.failedService) return false;
  const { variants, isConditional } = afterFailure.good;
  if (!isConditional) return variants.length > 0;
  return variants.some(({ variant }) => matches(variant.when, durationMs, failure));
}
