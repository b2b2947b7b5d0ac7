/**
 * Randomness by counter: every draw is a hash of what it is for, so that no generator state exists that a restart
 * could lose or two processes could disagree on. Only 32-bit integer operations and exact float steps, which give
 * the same bits on every machine.
 */

const GOLDEN = 0x9e3779b1;
const TWO_32 = 4_294_967_296;

/** A bijection of 32-bit integers with low bias: https://github.com/skeeto/hash-prospector (triple-free variant). */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}

/** The key of draw number `salt` under `key`. */
export function draw(key: number, salt: number): number {
  return mix((key + Math.imul(salt + 1, GOLDEN)) | 0);
}

/**
 * A key for a whole number of up to 53 bits. Numbers that share their upper 21 bits get keys that all differ, so
 * ids made of it do not repeat within 4,294,967,296 consecutive numbers.
 */
export function keyOf(seedKey: number, number: number): number {
  return draw(mix(seedKey ^ (number % TWO_32)), Math.floor(number / TWO_32));
}

/** The key of everything under a seed that concerns `what`. */
export function seedKey(seed: number, what: string): number {
  let key = mix(seed ^ GOLDEN);
  for (let i = 0; i < what.length; i++) key = draw(key, what.charCodeAt(i));
  return key;
}

/** Uniform in [0, 1). */
export function unit(key: number): number {
  return (key >>> 0) / TWO_32;
}

/** Uniform whole number from `low` to `high`, both included. */
export function between(key: number, low: number, high: number): number {
  return low + Math.floor(unit(key) * (high - low + 1));
}

/** Whole number from `low` to `high`, mostly near `low`, with a long tail: a latency, a queue, a popularity rank. */
export function skewed(key: number, low: number, high: number): number {
  const x = unit(key);
  return low + Math.floor((high - low + 1) * x * x * x);
}

/** `digits` (at most 8) hexadecimal digits. */
export function hex(key: number, digits = 8): string {
  return (key >>> 0).toString(16).padStart(8, '0').slice(0, digits);
}
