import { deriveKey, seedKey, uniformInt } from '../../services/simulation/hash.ts';

/** Seeded chance: the same storm again from the same seed. What has a name of its own takes nothing from the others. */
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

  pick<T>(from: readonly T[]): T {
    return from[this.between(0, from.length - 1)] as T;
  }

  /** All of them, in any order. */
  shuffle<T>(from: readonly T[]): T[] {
    const left = [...from];
    return from.map(() => left.splice(this.between(0, left.length - 1), 1)[0] as T);
  }
}
