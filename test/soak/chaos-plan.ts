import { SeededRandom } from './seeded-random.ts';

/** One fault of a storm. */
export interface Step {
  readonly kind: string;
  /** Time since the step before, in ms. */
  readonly pause: number;
  /** What the fault decides by: no other's, so that it decides the same however long the others take. */
  readonly chance: SeededRandom;
}

export interface StormPlan {
  readonly seed: number;
  /** Tells this storm from the others of the same seed. */
  readonly name: string;
  readonly kinds: readonly string[];
  /** Shortest and longest time between two faults, in ms. */
  readonly pauses: readonly [number, number];
}

/**
 * The faults of a storm, one after the other, without end: decided by the plan alone, never by how fast the machine is.
 * No kind comes twice before every kind has come, so that a short storm has them all.
 */
export function* stepsOf({ seed, name, kinds, pauses }: StormPlan): Generator<Step> {
  const order = new SeededRandom(seed, name);
  for (let count = 0; ; ) {
    for (const kind of order.shuffle(kinds)) {
      yield { kind, pause: order.between(...pauses), chance: new SeededRandom(seed, `${name} ${++count}`) };
    }
  }
}

/** The first steps, which together take so many ms. */
export function* lasting(ms: number, steps: Iterable<Step>): Generator<Step> {
  let left = ms;
  for (const step of steps) {
    left -= step.pause;
    if (left < 0) return;
    yield step;
  }
}

/** As many of the steps as there are until it is over. */
export function* until(isOver: () => boolean, steps: Iterable<Step>): Generator<Step> {
  for (const step of steps) {
    if (isOver()) return;
    yield step;
  }
}
