import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hex, keyAt, mix, seedKey, skewedInt, uniformInt, unit } from '../../../services/simulation/hash.ts';

const key = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe('hash', () => {
  test('keys of consecutive numbers never repeat', () => {
    for (const first of [0, 4_294_967_296 - 50_000, 4_294_967_296 * 1000 + 17]) {
      const keys = new Set(Array.from({ length: 100_000 }, (_, i) => keyAt(seedKey(1, 'x'), first + i)));
      // Across a multiple of 2^32 two series meet: there a repetition is possible, though not to be expected.
      expect(keys.size).toBeGreaterThanOrEqual(first % 4_294_967_296 > 4_294_000_000 ? 99_990 : 100_000);
    }
  });

  test('mix is a bijection on the numbers tried', () => {
    expect(new Set(Array.from({ length: 200_000 }, (_, i) => mix(i * 21_467))).size).toBe(200_000);
  });

  test('a bit changed in the seed changes about half the bits of its keys', () => {
    let flipped = 0;
    for (let bit = 0; bit < 32; bit++) {
      const difference = seedKey(1, 'journeys') ^ seedKey(1 ^ (1 << bit), 'journeys');
      for (let i = 0; i < 32; i++) flipped += (difference >>> i) & 1;
    }
    expect(flipped / (32 * 32)).toBeGreaterThan(0.4);
    expect(flipped / (32 * 32)).toBeLessThan(0.6);
  });

  test('draws are in their range', () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 0, max: 1000 }), fc.nat({ max: 100_000 }), (k, low, width) => {
        for (const drawn of [uniformInt(k, low, low + width), skewedInt(k, low, low + width)]) {
          expect(Number.isInteger(drawn) && drawn >= low && drawn <= low + width).toBe(true);
        }
        expect(unit(k)).toBeGreaterThanOrEqual(0);
        expect(unit(k)).toBeLessThan(1);
        expect(hex(k)).toMatch(/^[0-9a-f]{8}$/);
      }),
    );
  });

  test('uniformInt is even and skewedInt favours its lower end', () => {
    const keys = Array.from({ length: 60_000 }, (_, i) => mix(i));
    const counts = Array.from({ length: 6 }, (_, i) => keys.filter((k) => uniformInt(k, 1, 6) === i + 1).length);
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
    const median = keys.map((k) => skewedInt(k, 0, 999)).sort((a, b) => a - b)[30_000] as number;
    expect(median).toBeGreaterThan(160);
    expect(median).toBeLessThan(190);
  });

  test('skewedInt does not pile up at its lowest number', () => {
    const keys = Array.from({ length: 60_000 }, (_, i) => mix(i));
    const lowest = keys.filter((k) => skewedInt(k, 55, 260) === 55).length;
    expect(lowest).toBeGreaterThan(200);
    expect(lowest).toBeLessThan(1200);
  });
});
