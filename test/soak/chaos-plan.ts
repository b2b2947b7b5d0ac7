import { SeededRandom } from './seeded-random.ts';

/** One fault of a chaos run. */
export interface ChaosStep {
  readonly kind: string;
  /** Time since the step before, in ms. */
  readonly delayMs: number;
  /** Random choices of this fault alone, so that they do not depend on how long other faults take. */
  readonly random: SeededRandom;
}

export interface ChaosPlan {
  readonly seed: number;
  /** Distinguishes the runs of one seed. */
  readonly name: string;
  readonly kinds: readonly string[];
  /** Shortest and longest time between two faults, in ms. */
  readonly delayRangeMs: readonly [number, number];
}

/**
 * An endless sequence of faults that depends on the plan alone, never on the speed of the machine. Every kind comes once
 * before any comes again, so that a short run has all of them.
 */
export function* planSteps({ seed, name, kinds, delayRangeMs }: ChaosPlan): Generator<ChaosStep> {
  const order = new SeededRandom(seed, name);
  for (let count = 0; ; ) {
    for (const kind of order.shuffle(kinds)) {
      const delayMs = order.between(...delayRangeMs);
      yield { kind, delayMs, random: new SeededRandom(seed, `${name} ${++count}`) };
    }
  }
}

/** The first steps whose delays add up to at most so many ms. */
export function* takeFor(ms: number, steps: Iterable<ChaosStep>): Generator<ChaosStep> {
  let remainingMs = ms;
  for (const step of steps) {
    remainingMs -= step.delayMs;
    if (remainingMs < 0) return;
    yield step;
  }
}

/** The steps until a condition is true. */
export function* takeUntil(isOver: () => boolean, steps: Iterable<ChaosStep>): Generator<ChaosStep> {
  for (const step of steps) {
    if (isOver()) return;
    yield step;
  }
}
