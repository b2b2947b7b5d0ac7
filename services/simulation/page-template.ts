import type { Catalog, CompiledJourney, CompiledStep } from './catalog.ts';

/** Where one line of every page stands: the same in all pages, only its time and what it says differ. */
export interface Slot {
  readonly index: number;
  /** Index in the page's cast of journeys. */
  readonly journey: number;
  /** Index of its step in the journey. */
  readonly stepIndex: number;
  readonly step: CompiledStep;
}

/** One stretch of a journey of the cast: how long it takes, and how many lines are written at its end. */
export interface Stage {
  /** Index in its journey. */
  readonly index: number;
  /** Shortest and longest, in ms. */
  readonly low: number;
  readonly high: number;
  readonly lines: number;
}

/** The journeys of every page, and the lines they make. */
export interface PageTemplate {
  readonly journeys: readonly CompiledJourney[];
  readonly beatsOf: readonly (readonly Stage[])[];
  /** The longest that each journey can last, in ms. */
  readonly longestOf: readonly number[];
  /** The longest of all. */
  readonly longest: number;
  /** The slots of a journey stand together, in causal order: journey `j` has those from `firstSlot[j]` on. */
  readonly firstSlot: readonly number[];
  readonly slots: readonly Slot[];
  /** Slots of each service. */
  readonly slotsOf: readonly (readonly number[])[];
  /** Cast indexes of the journeys that place an order. */
  readonly orders: readonly number[];
  /** Of each journey, its place among those of its kind. */
  readonly indexWithinKind: readonly number[];
}

export function pageTemplateOf(catalog: Catalog): PageTemplate {
  const journeys = catalog.journeys.flatMap((kind) => Array.from({ length: kind.journey.perPage }, () => kind));
  const firstSlot: number[] = [];
  const slots: Slot[] = [];
  const orders: number[] = [];
  const indexWithinKind = catalog.journeys.flatMap(({ journey }) =>
    Array.from({ length: journey.perPage }, (_, ordinal) => ordinal),
  );
  journeys.forEach(({ steps, journey }, index) => {
    firstSlot.push(slots.length);
    steps.forEach((step, stepIndex) => {
      slots.push({ index: slots.length, journey: index, stepIndex, step });
    });
    if (journey.places === 'order') orders.push(index);
  });
  const slotsOf = catalog.services.map((_, service) =>
    slots.flatMap(({ index, step }) => (step.service === service ? [index] : [])),
  );
  const longestOf = journeys.map(({ stages }) => stages.reduce((sum, [, high]) => sum + high, 0));
  const longest = Math.max(...longestOf);
  return {
    journeys,
    beatsOf: journeys.map(beatsOf),
    longestOf,
    longest,
    firstSlot,
    slots,
    slotsOf,
    orders,
    indexWithinKind,
  };
}

function beatsOf({ stages, steps }: CompiledJourney): readonly Stage[] {
  return stages.map(([low, high], index) => {
    return { index, low, high, lines: steps.filter(({ stage }) => stage === index).length };
  });
}
