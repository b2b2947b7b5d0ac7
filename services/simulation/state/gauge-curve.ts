import { deriveKey, keyAt, unit } from '../hash.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
/** The slow part of the movement, which is most of it, the quick one, and the small changes from reading to reading. */
const SLOW_MS = 60 * MINUTE_MS;
const QUICK_MS = 15 * MINUTE_MS;
const RIPPLE_MS = 40_000;
const SHARES = { slow: 0.75, quick: 0.17, ripple: 0.08 };

/** Of a gauge that follows the load: the changes from reading to reading, and how much of the movement each part is. */
const JITTER_MS = 8_000;
const SHARES_OF_LOAD = { traffic: 0.45, curve: 0.2, jitter: 0.35 };

/** Straight lines between values at regular instants. What it keeps is a cache and never changes an answer. */
export class Interpolated {
  readonly #periodMs: number;
  readonly #valueAt: (index: number) => number;
  #index = Number.NaN;
  #before = 0;
  #after = 0;

  /** @param valueAt the value at instant number `index`, which is `index` periods after the epoch */
  constructor(periodMs: number, valueAt: (index: number) => number) {
    this.#periodMs = periodMs;
    this.#valueAt = valueAt;
  }

  at(time: number): number {
    const position = time / this.#periodMs;
    const index = Math.floor(position);
    if (index !== this.#index) {
      this.#before = index === this.#index + 1 ? this.#after : this.#valueAt(index);
      this.#after = this.#valueAt(index + 1);
      this.#index = index;
    }
    return this.#before + (this.#after - this.#before) * (position - index);
  }
}

/** Value noise: the values are random, from 0 to below 1. */
function noise(key: number, periodMs: number): Interpolated {
  return new Interpolated(periodMs, (index) => unit(keyAt(key, index)));
}

/**
 * A curve over time from 0 to below 1: value noise of three periods. It is the same for all times in any process.
 */
export class Curve {
  readonly #slow: Interpolated;
  readonly #quick: Interpolated;
  readonly #ripple: Interpolated;

  constructor(key: number) {
    this.#slow = noise(deriveKey(key, 1), SLOW_MS);
    this.#quick = noise(deriveKey(key, 2), QUICK_MS);
    this.#ripple = noise(deriveKey(key, 3), RIPPLE_MS);
  }

  at(time: number): number {
    return (
      SHARES.slow * this.#slow.at(time) + SHARES.quick * this.#quick.at(time) + SHARES.ripple * this.#ripple.at(time)
    );
  }
}

/** A curve from 0 to below 1 that rises and falls with the traffic, and from one reading to the next. */
export class LoadCurve {
  readonly #traffic: Pick<Curve, 'at'>;
  readonly #curve: Curve;
  readonly #jitter: Interpolated;

  /** @param traffic from 0 to below 1 */
  constructor(key: number, traffic: Pick<Curve, 'at'>) {
    this.#traffic = traffic;
    this.#curve = new Curve(key);
    this.#jitter = noise(deriveKey(key, 4), JITTER_MS);
  }

  at(time: number): number {
    const { traffic, curve, jitter } = SHARES_OF_LOAD;
    return traffic * this.#traffic.at(time) + curve * this.#curve.at(time) + jitter * this.#jitter.at(time);
  }
}

/** A number that falls by one at each midnight UTC from `high` to `low` and then begins again. */
export function countdown(key: number, low: number, high: number, time: number): number {
  const days = high - low + 1;
  return high - ((Math.floor(time / DAY_MS) + (key >>> 0)) % days);
}
