/** Which of its variants a step's line has. */

import type { Choices, CompiledStep } from './catalog.ts';
import type { CompiledFailure, CompiledVariant } from './compiled-variant.ts';
import { matches } from './condition.ts';
import { deriveKey, unit } from './hash.ts';
import type { ChoiceContext } from './render-context.ts';
import { phaseOf, spellOf } from './state/spells.ts';

/** Share of the lines that could tell the fault that is on and do. */
const TOLD_SHARE = 0.98;

/** In what share of the time before its timeout a step ends that has hardly missed it. */
const LAST_MOMENT = 0.08;

/** Does not apply; applies; applies because of a fault that is on; applies because of what is so just now. */
type Rank = 0 | 1 | 2 | 3;

/** Most variants of a list: there is scratch space for so many. */
export const MAX_VARIANTS = 256;

/** The key under which a step of a journey draws. */
export function stepKey(journeyKey: number, stepIndex: number): number {
  return deriveKey(journeyKey, 2000 + stepIndex);
}

/** Chooses variants under one seed. It depends on the journey alone, not on what operators did. */
export class Chooser {
  /** In ms, by index. */
  readonly #limits: Int32Array;
  /** Scratch space: the rank of each variant of a list. */
  readonly #ranks = new Uint8Array(MAX_VARIANTS);
  /** Scratch space: the sum of their weights by rank. */
  readonly #totals = new Float64Array(4);

  constructor(limits: Int32Array) {
    this.#limits = limits;
  }

  /** One of the variants that apply, chosen by weight; undefined when none applies. */
  choose(choices: Choices, context: ChoiceContext): CompiledVariant | undefined {
    const { variants, weight, isConditional } = choices;
    const key = deriveKey(context.stepKey, 1);
    if (!isConditional) return pick(variants, unit(key) * weight, undefined, 0);
    const ranks = this.#ranks;
    const totals = this.#totals;
    for (let rank = 0; rank < totals.length; rank++) totals[rank] = 0;
    for (let i = 0; i < variants.length; i++) {
      const variant = variants[i] as CompiledVariant;
      const rank = this.#rank(variant, context);
      ranks[i] = rank;
      totals[rank] = (totals[rank] as number) + variant.weight;
    }
    const rank = this.#chosenRank(totals, context);
    return rank === 0 ? undefined : pick(variants, unit(key) * (totals[rank] as number), ranks, rank);
  }

  /** True when a step that took so long ran into one of its timeouts. */
  isTimedOut({ symptoms: { timeouts } }: CompiledStep, durationMs: number): boolean {
    for (let i = 0; i < timeouts.length; i++)
      if (durationMs >= (this.#limits[timeouts[i] as number] as number)) return true;
    return false;
  }

  /** The limit that a variant names, in ms; 0 when it names none. */
  limitMs({ limit }: CompiledVariant): number {
    return limit < 0 ? 0 : (this.#limits[limit] as number);
  }

  /** True when what the variant tells has just happened. */
  hasHappened({ event }: CompiledVariant, { state, at, periodMs }: ChoiceContext): boolean {
    return event !== undefined && state.happened(event, at - periodMs, at) !== false;
  }

  /**
   * How long a step took that was not told to have timed out, in ms. Where only good lines are written, what ran into its
   * timeout was answered in the last moment.
   */
  toldMs({ symptoms: { timeouts } }: CompiledStep, { stepKey, durationMs }: ChoiceContext): number {
    let ms = durationMs;
    for (let i = 0; i < timeouts.length; i++) {
      const limit = this.#limits[timeouts[i] as number] as number;
      if (durationMs >= limit)
        ms = Math.min(ms, limit - 1 - Math.floor(unit(deriveKey(stepKey, 4)) * limit * LAST_MOMENT));
    }
    return ms;
  }

  #chosenRank(totals: Float64Array, { stepKey }: ChoiceContext): Rank {
    if ((totals[3] as number) > 0) return 3;
    if ((totals[1] as number) === 0) return (totals[2] as number) > 0 ? 2 : 0;
    return (totals[2] as number) > 0 && unit(deriveKey(stepKey, 3)) < TOLD_SHARE ? 2 : 1;
  }

  #rank(variant: CompiledVariant, context: ChoiceContext): Rank {
    const { state, at, durationMs, failure } = context;
    if (!matches(variant.condition, durationMs, failure)) return 0;
    if (variant.again !== undefined && variant.again !== context.isAgain) return 0;
    if (variant.event) return this.hasHappened(variant, context) && agree(variant, context) ? 3 : 0;
    if (variant.limit >= 0 && durationMs < (this.#limits[variant.limit] as number)) return 0;
    if (variant.personal >= 0)
      return state.isAffected(variant.personal, context, at) && agree(variant, context) ? 3 : 0;
    const rank = variant.lasting >= 0 ? this.#rankOfLasting(variant, context) : variant.limit >= 0 ? 2 : 1;
    // Gauges last, since to read them takes longest.
    if (rank === 0 || !agree(variant, context)) return 0;
    // Past its limit nothing else has happened, also where it is a symptom of a fault.
    return variant.isTimeout ? 3 : rank;
  }

  #rankOfLasting({ lasting, variant }: CompiledVariant, { state, at, targetKey, isOverall }: ChoiceContext): Rank {
    const spell = spellOf(state.spellAt(at), lasting);
    if (spell && (isOverall || state.concerns(spell, targetKey))) {
      const phases = variant.when?.phase;
      return phases === undefined || phases.includes(phaseOf(spell, at)) ? 2 : 0;
    }
    return state.isExclusive ? 0 : 1;
  }
}

/** True when the gauges are where the variant needs them. */
function agree({ gauges }: CompiledVariant, { state, at }: ChoiceContext): boolean {
  for (const { gauge, least, most } of gauges) {
    const reading = state.gauge(gauge, at);
    if (reading < least || reading > most) return false;
  }
  return true;
}

/**
 * The variant at a point of the cumulative weight of those of a rank.
 * @param ranks undefined when all count
 */
function pick(
  variants: readonly CompiledVariant[],
  at: number,
  ranks: Uint8Array | undefined,
  rank: number,
): CompiledVariant | undefined {
  let left = at;
  for (let i = 0; i < variants.length; i++) {
    if (ranks && ranks[i] !== rank) continue;
    left -= (variants[i] as CompiledVariant).weight;
    if (left < 0) return variants[i];
  }
  return undefined;
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
  for (const { condition } of variants) if (matches(condition, durationMs, failure)) return true;
  return false;
}
