import { deriveKey, seedKey, uniformInt } from '../../services/simulation/hash.ts';

/** Random choices that the seed repeats. Generators of different names are independent of one another. */
export class SeededRandom {
  readonly #key: number;
  #draws = 0;

  constructor(seed: number, name: string) {
    this.#key = seedKey(seed, name);
  }

  /** Uniform whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return uniformInt(deriveKey(this.#key, this.#draws++), low, high);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.between(0, items.length - 1)] as T;
  }

  shuffle<T>(items: readonly T[]): T[] {
    const remaining = [...items];
    return items.map(() => remaining.splice(this.between(0, remaining.length - 1), 1)[0] as T);
  }
}
