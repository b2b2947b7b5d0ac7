import { between, draw, seedKey } from '../../services/simulation/hash.ts';

/** Seeded chance: the same storm again from the same seed. */
export class Chance {
  readonly #key: number;
  #draws = 0;

  constructor(seed: number) {
    this.#key = seedKey(seed, 'storm');
  }

  /** Uniform whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return between(draw(this.#key, this.#draws++), low, high);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.between(0, from.length - 1)] as T;
  }
}
