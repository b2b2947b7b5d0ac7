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
const SHARES_OF_LOAD = { traffic: 0.45, quick: 0.2, jitter: 0.35 };

/** Value noise: random values from 0 to below 1 at regular instants, with straight lines between. */
class Noise {
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

/**
 * A curve over time from 0 to below 1: value noise of three periods. It is the same for all times in any process.
 */
export class Curve {
  readonly #slow: Noise;
  readonly #quick: Noise;
  readonly #ripple: Noise;

  constructor(key: number) {
    this.#slow = new Noise(deriveKey(key, 1), SLOW_MS);
    this.#quick = new Noise(deriveKey(key, 2), QUICK_MS);
    this.#ripple = new Noise(deriveKey(key, 3), RIPPLE_MS);
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
  readonly #quick: Noise;
  readonly #jitter: Noise;

  /** @param traffic from 0 to below 1 */
  constructor(key: number, traffic: Pick<Curve, 'at'>) {
    this.#traffic = traffic;
    this.#quick = new Noise(deriveKey(key, 2), QUICK_MS);
    this.#jitter = new Noise(deriveKey(key, 4), JITTER_MS);
  }

  at(time: number): number {
    const { traffic, quick, jitter } = SHARES_OF_LOAD;
    return traffic * this.#traffic.at(time) + quick * this.#quick.at(time) + jitter * this.#jitter.at(time);
  }
}

/** A number that falls by one at each midnight UTC from `high` to `low` and then begins again. */
export function countdown(key: number, low: number, high: number, time: number): number {
  const days = high - low + 1;
  return high - ((Math.floor(time / DAY_MS) + (key >>> 0)) % days);
}
