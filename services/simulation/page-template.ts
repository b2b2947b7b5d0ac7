import type { Catalog, CompiledJourney, CompiledStep } from './catalog.ts';
import type { LimitIndex } from './limits.ts';

/** The place of one line, the same in every page: pages differ only in the line's time and in what it says. */
export interface Slot {
  readonly index: number;
  /** Index of its journey in the page. */
  readonly journey: number;
  readonly kind: CompiledJourney;
  /** Index of its step in the journey. */
  readonly stepIndex: number;
  readonly step: CompiledStep;
  /** Index of its stage in the page. */
  readonly stage: number;
}

/** One stage of a journey: how long it takes, and how many lines are written at its end. */
export interface Stage {
  /** Index in its journey. */
  readonly index: number;
  /** Usual durations, in ms. */
  readonly minMs: number;
  readonly maxMs: number;
  /** Whether it is computation, which a machine does in much the same time each time. */
  readonly isSteady: boolean;
  readonly lines: number;
  /** Index of the service that does the work, if its time is watched: one that has a limit for it. Otherwise -1. */
  readonly watchedBy: number;
  /** The limits at which it ends. */
  readonly timeouts: readonly LimitIndex[];
}

/** What all pages have in common: their journeys, and the slots of their lines. */
export interface PageTemplate {
  readonly journeys: readonly CompiledJourney[];
  /** When each begins, in ms from the start of the page; undefined where pages are shuffled. */
  readonly offsetsMs: readonly number[] | undefined;
  /** The stages of all journeys: those of journey `j` begin at `firstStage[j]`. */
  readonly stages: readonly Stage[];
  readonly firstStage: readonly number[];
  /** The slots of a journey are adjacent, in causal order. */
  readonly slots: readonly Slot[];
  /** Indexes of each service's slots. */
  readonly slotsOf: readonly (readonly number[])[];
  /** Indexes of the journeys that place an order. */
  readonly orderJourneys: readonly number[];
  /** Of each journey, its index among those of the same kind. */
  readonly indexWithinKind: readonly number[];
}

/** A journey of a page. */
export interface CastMember {
  readonly kind: CompiledJourney;
  readonly indexWithinKind: number;
  /** When it begins, in ms from the start of the page. */
  readonly offsetMs?: number;
}

/** The template of pages with these journeys; a page has offsets for all of them or for none. */
export function pageTemplateOf({ services }: Catalog, cast: readonly CastMember[]): PageTemplate {
  const journeys = cast.map(({ kind }) => kind);
  const offsetsMs = cast.flatMap(({ offsetMs }) => offsetMs ?? []);
  const stagesOf = journeys.map(compileStages);
  const firstStage = starts(stagesOf);
  const slots: Slot[] = [];
  journeys.forEach((kind, journey) => {
    kind.steps.forEach((step, stepIndex) => {
      const stage = (firstStage[journey] as number) + step.stage;
      slots.push({ index: slots.length, journey, kind, stepIndex, step, stage });
    });
  });
  return {
    journeys,
    offsetsMs: offsetsMs.length > 0 ? offsetsMs : undefined,
    stages: stagesOf.flat(),
    firstStage,
    slots,
    slotsOf: services.map((_, service) =>
      slots.flatMap(({ index, step }) => (step.service === service ? [index] : [])),
    ),
    orderJourneys: journeys.flatMap(({ journey }, index) => (journey.places === 'order' ? [index] : [])),
    indexWithinKind: cast.map(({ indexWithinKind }) => indexWithinKind),
  };
}

function compileStages({ journey, stages, steps }: CompiledJourney): readonly Stage[] {
  const names = Object.keys(journey.stages);
  return stages.map(([minMs, maxMs], index) => {
    const atEnd = steps.filter(({ stage }) => stage === index);
    const watching = atEnd.find(({ bad }) => bad.variants.some(({ limit }) => limit >= 0));
    return {
      index,
      minMs,
      maxMs,
      isSteady: journey.steady?.includes(names[index] as string) ?? false,
      lines: atEnd.length,
      watchedBy: watching?.service ?? -1,
      timeouts: atEnd.flatMap(({ symptoms }) => symptoms.timeouts),
    };
  });
}

/** Index of the first element of each list when they are put one after the other. */
function starts(lists: readonly (readonly unknown[])[]): number[] {
  let next = 0;
  return lists.map((list) => {
    next += list.length;
    return next - list.length;
  });
}
