import { statusOf } from '../definition/definition.ts';
import type { CompiledVariant } from './compiled-variant.ts';
import type { LineContexts, MutableContext } from './line-contexts.ts';
import type { Slot } from './page-template.ts';
import type { PageWithVerdicts } from './page-verdicts.ts';
import type { States } from './state/fleet-state.ts';

/** Least HTTP status of an answer that refuses what was asked for. */
export const REFUSED = 400;

/**
 * What a request asked for in vain does not exist afterwards: the visit goes on with another session, which had begun
 * earlier, or with another basket, and what is sold out is not what the customer then orders. So nobody has to know later
 * what became of the request.
 */
export class RefusedResults {
  readonly #contexts: LineContexts;

  constructor(contexts: LineContexts) {
    this.#contexts = contexts;
  }

  /** Changes what the context of a line names, if its journey has failed by then. */
  apply(
    page: PageWithVerdicts,
    { journey, kind }: Slot,
    { variant, failure: own }: CompiledVariant,
    states: States,
    context: MutableContext,
  ): void {
    const { opens } = kind.journey;
    if (!opens) return;
    const failure = context.failure ?? own;
    if (opens === 'session') {
      if (failure) context.session = context.key;
      return;
    }
    if ((statusOf(variant) ?? failure?.status ?? 0) >= REFUSED) context.basket = context.key;
    if (!failure?.isExpected) return;
    const other = { ...this.#contexts.subjectOf(page, journey), goods: context.key };
    if (!this.#contexts.isAffected(other, kind, page.starts[journey] as number, states)) context.goods = other.goods;
  }
}
