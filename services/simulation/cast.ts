import type { Catalog, CompiledJourney, CompiledStep } from './catalog.ts';

/** Where one line of every page stands: the same in all pages, only its time and what it says differ. */
export interface Slot {
  /** Index in the page's cast of journeys. */
  readonly journey: number;
  /** Index of its step in the journey. */
  readonly stepIndex: number;
  readonly step: CompiledStep;
}

/** The journeys of every page, and the lines they make. */
export interface Cast {
  readonly journeys: readonly CompiledJourney[];
  /** The slots of a journey stand together, in causal order: journey `j` has those from `firstSlot[j]` on. */
  readonly firstSlot: readonly number[];
  readonly slots: readonly Slot[];
  /** Slots of each service. */
  readonly slotsOf: readonly (readonly number[])[];
  /** Cast indexes of the journeys that place an order. */
  readonly orders: readonly number[];
  /** For each journey that places an order, its place among them; -1 for the others. */
  readonly orderOrdinal: readonly number[];
  /** The longest that a journey can last, in ms. */
  readonly longest: number;
}

export function castOf(catalog: Catalog): Cast {
  const journeys = catalog.journeys.flatMap((kind) => Array.from({ length: kind.journey.perPage }, () => kind));
  const firstSlot: number[] = [];
  const slots: Slot[] = [];
  const orders: number[] = [];
  const orderOrdinal: number[] = [];
  journeys.forEach(({ steps, journey }, index) => {
    firstSlot.push(slots.length);
    steps.forEach((step, stepIndex) => {
      slots.push({ journey: index, stepIndex, step });
    });
    orderOrdinal.push(journey.places === 'order' ? orders.push(index) - 1 : -1);
  });
  const slotsOf = catalog.services.map((_, service) =>
    slots.flatMap((slot, index) => (slot.step.service === service ? [index] : [])),
  );
  const longest = Math.max(...catalog.journeys.map(({ beats }) => beats.reduce((sum, [, high]) => sum + high, 0)));
  return { journeys, firstSlot, slots, slotsOf, orders, orderOrdinal, longest };
}
