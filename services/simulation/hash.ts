/**
 * Randomness by counter: every draw is a hash of what it is for, so there is no generator state that a restart could lose
 * or two processes could disagree on. Only 32-bit integer operations and exact float steps are used, which give the same
 * bits on every machine.
 */

/** 2^32 / golden ratio. */
const GOLDEN = 0x9e3779b1;
const TWO_32 = 4_294_967_296;

/** A bijection of 32-bit integers with low bias: https://github.com/skeeto/hash-prospector (triple-free variant). */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}

/** The key of draw number `salt` (a whole number from 0) under `key`. */
export function deriveKey(key: number, salt: number): number {
  return mix((key + Math.imul(salt + 1, GOLDEN)) | 0);
}

/**
 * A key for a whole number of up to 53 bits. Numbers that share their upper 21 bits all get different keys, so ids made
 * from them do not repeat within 4,294,967,296 consecutive numbers.
 */
export function keyAt(seedKey: number, number: number): number {
  return deriveKey(mix(seedKey ^ (number % TWO_32)), Math.floor(number / TWO_32));
}

/** `keyAt` for `count` consecutive numbers from `first` on, without its division, which takes as long as all the rest. */
export function keysAt(seedKey: number, first: number, count: number): Int32Array {
  const keys = new Int32Array(count);
  let high = Math.floor(first / TWO_32);
  let low = first - high * TWO_32;
  for (let i = 0; i < count; i++) {
    keys[i] = deriveKey(mix(seedKey ^ low), high);
    low++;
    if (low === TWO_32) {
      low = 0;
      high++;
    }
  }
  return keys;
}

/** The key for everything named `what` under a seed. */
export function seedKey(seed: number, what: string): number {
  let key = mix(seed ^ GOLDEN);
  for (let i = 0; i < what.length; i++) key = deriveKey(key, what.charCodeAt(i));
  return key;
}

/** Uniform in [0, 1). */
export function unit(key: number): number {
  return (key >>> 0) / TWO_32;
}

/** Uniform whole number from `low` to `high`, both included. */
export function uniformInt(key: number, low: number, high: number): number {
  return low + Math.floor(unit(key) * (high - low + 1));
}

/**
 * Uniform in [0, 1), and as good as a second draw where the first is small: the low bits of the key, spread over all.
 */
export function secondaryUnit(key: number): number {
  return unit(Math.imul(key, GOLDEN));
}

/** Whole number from `low` to `high`, mostly near `low`, with a long tail: a latency, a queue, a popularity rank. */
export function skewedInt(key: number, low: number, high: number): number {
  const x = unit(key);
  // The cube alone would give `low` itself far too often: with 200 numbers, in one of six draws.
  return low + Math.floor((high - low + 1) * ((7 * x * x * x + secondaryUnit(key)) / 8));
}

const hexadecimal = (count: number, digits: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => i.toString(16).padStart(digits, '0'));

const THREE_DIGITS = hexadecimal(4096, 3);
const TWO_DIGITS = hexadecimal(256, 2);

/** The first `digits` (at most 8) hexadecimal digits of a key. From tables: `toString(16)` takes five times as long. */
export function hex(key: number, digits = 8): string {
  const all =
    (THREE_DIGITS[key >>> 20] as string) +
    (THREE_DIGITS[(key >>> 8) & 0xfff] as string) +
    (TWO_DIGITS[key & 0xff] as string);
  return digits === 8 ? all : all.slice(0, digits);
}
