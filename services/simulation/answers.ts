import { statusOf } from '../definition/definition.ts';
import type { LineRenderer } from './line-renderer.ts';
import { timeOf } from './page.ts';
import type { PageTemplate, Slot } from './page-template.ts';
import type { PageWithVerdicts } from './page-verdicts.ts';

/** How a request was answered. */
export interface Answer {
  /** HTTP status; that of an unreachable service when it is the one that answers. */
  readonly status: number;
  /** In ms since the epoch. */
  readonly time: number;
  /** Whether all was done that was asked for, even if the client was not told so. */
  readonly isDone: boolean;
}

/** Finds how the journeys of pages of one kind were answered. */
export class Answers {
  readonly #renderer: Pick<LineRenderer, 'choose'>;
  /** Of each journey, the slot with its answer. */
  readonly #slots: readonly (Slot | undefined)[];

  constructor(template: PageTemplate, renderer: Pick<LineRenderer, 'choose'>) {
    const slots: (Slot | undefined)[] = new Array(template.journeys.length).fill(undefined);
    for (const slot of template.slots)
      if (slot.step.good.variants.some(({ variant }) => variant.status !== undefined)) slots[slot.journey] = slot;
    this.#renderer = renderer;
    this.#slots = slots;
  }

  /** The answer to a journey of a page; undefined when it is no request. */
  to(page: PageWithVerdicts, journey: number): Answer | undefined {
    const slot = this.#slots[journey];
    if (!slot) return undefined;
    const time = timeOf(page, slot);
    const failure = page.verdicts.failures.upTo(slot);
    if (!failure) return { status: this.#statusIn(page, slot, time) ?? 0, time, isDone: true };
    const isUnanswered = failure.down && failure.failedService === slot.step.service;
    const told = isUnanswered ? undefined : this.#statusIn(page, slot, time);
    return { status: told ?? failure.status, time, isDone: false };
  }

  #statusIn(page: PageWithVerdicts, slot: Slot, time: number): number | undefined {
    return statusOf(this.#renderer.choose(page, slot, time).variant);
  }
}
