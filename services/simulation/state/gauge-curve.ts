import { deriveKey, keyAt, unit } from '../hash.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
/** The slow part of the movement, which is most of it, the quick one, and the small changes from reading to reading. */
const SLOW_MS = 60 * MINUTE_MS;
const QUICK_MS = 15 * MINUTE_MS;
const RIPPLE_MS = 40_000;
const SHARES = { slow: 0.75, quick: 0.17, ripple: 0.08 };

/**
 * A curve over time from 0 to below 1: value noise (random values at regular instants with straight lines between) of
 * three periods. It is the same for all times in any process.
 */
export class Curve {
  readonly #slow: Line;
  readonly #quick: Line;
  readonly #ripple: Line;

  constructor(key: number) {
    this.#slow = new Line(deriveKey(key, 1), SLOW_MS);
    this.#quick = new Line(deriveKey(key, 2), QUICK_MS);
    this.#ripple = new Line(deriveKey(key, 3), RIPPLE_MS);
  }

  at(time: number): number {
    return (
      SHARES.slow * this.#slow.at(time) + SHARES.quick * this.#quick.at(time) + SHARES.ripple * this.#ripple.at(time)
    );
  }
}

class Line {
  readonly #key: number;
  readonly #periodMs: number;
  #index = Number.NaN;
  #before = 0;
  #after = 0;

  constructor(key: number, periodMs: number) {
    this.#key = key;
    this.#periodMs = periodMs;
  }

  at(time: number): number {
    const position = time / this.#periodMs;
    const index = Math.floor(position);
    if (index !== this.#index) {
      this.#index = index;
      this.#before = unit(keyAt(this.#key, index));
      this.#after = unit(keyAt(this.#key, index + 1));
    }
    return this.#before + (this.#after - this.#before) * (position - index);
  }
}

/** A number that falls by one at each midnight UTC from `high` to `low` and then begins again. */
export function countdown(key: number, low: number, high: number, time: number): number {
  const days = high - low + 1;
  return high - ((Math.floor(time / DAY_MS) + (key >>> 0)) % days);
}
