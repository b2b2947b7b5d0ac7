import type { Catalog, CompiledJourney, CompiledStep } from './catalog.ts';

/** The place of one line, the same in every page: pages differ only in the line's time and in what it says. */
export interface Slot {
  readonly index: number;
  /** Index of its journey in the page. */
  readonly journey: number;
  /** Index of its step in the journey. */
  readonly stepIndex: number;
  readonly step: CompiledStep;
}

/** One stage of a journey: how long it takes, and how many lines are written at its end. */
export interface Stage {
  /** Index in its journey. */
  readonly index: number;
  /** Shortest duration, in ms. */
  readonly minMs: number;
  /** Longest duration, in ms. */
  readonly maxMs: number;
  readonly lines: number;
}

/** What all pages have in common: their journeys, and the slots of their lines. */
export interface PageTemplate {
  readonly journeys: readonly CompiledJourney[];
  /** Stages of each journey. */
  readonly stagesOf: readonly (readonly Stage[])[];
  /** Longest duration of each journey, in ms. */
  readonly maxMsOf: readonly number[];
  /** Longest duration of any journey, in ms. */
  readonly maxJourneyMs: number;
  /** The slots of a journey are adjacent, in causal order: those of journey `j` start at `firstSlot[j]`. */
  readonly firstSlot: readonly number[];
  readonly slots: readonly Slot[];
  /** Indexes of each service's slots. */
  readonly slotsOf: readonly (readonly number[])[];
  /** Indexes of the journeys that place an order. */
  readonly orderJourneys: readonly number[];
  /** Of each journey, its index among those of the same kind. */
  readonly indexWithinKind: readonly number[];
}

/** The template of the pages of a fleet: each kind of journey as often as its `perPage`. */
export function pageTemplateOf(catalog: Catalog): PageTemplate {
  const journeys = catalog.journeys.flatMap((kind) => Array.from({ length: kind.journey.perPage }, () => kind));
  const firstSlot: number[] = [];
  const slots: Slot[] = [];
  const orderJourneys: number[] = [];
  const indexWithinKind = catalog.journeys.flatMap(({ journey }) =>
    Array.from({ length: journey.perPage }, (_, ordinal) => ordinal),
  );
  journeys.forEach(({ steps, journey }, index) => {
    firstSlot.push(slots.length);
    steps.forEach((step, stepIndex) => {
      slots.push({ index: slots.length, journey: index, stepIndex, step });
    });
    if (journey.places === 'order') orderJourneys.push(index);
  });
  const slotsOf = catalog.services.map((_, service) =>
    slots.flatMap(({ index, step }) => (step.service === service ? [index] : [])),
  );
  const stagesOf = journeys.map(compileStages);
  const maxMsOf = stagesOf.map((stages) => stages.reduce((sum, { maxMs }) => sum + maxMs, 0));
  const maxJourneyMs = Math.max(...maxMsOf);
  return { journeys, stagesOf, maxMsOf, maxJourneyMs, firstSlot, slots, slotsOf, orderJourneys, indexWithinKind };
}

function compileStages({ stages, steps }: CompiledJourney): readonly Stage[] {
  return stages.map(([minMs, maxMs], index) => {
    return { index, minMs, maxMs, lines: steps.filter(({ stage }) => stage === index).length };
  });
}
