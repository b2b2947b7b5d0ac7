import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bursts } from '../../../../services/simulation/traffic/bursts.ts';
import { HOUR, instants, MONDAY } from './instants.ts';

const key = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
/** How exact a time of today is after some steps of arithmetic, in ms. */
const ROUNDING_MS = 0.01;

test('whole hours map to themselves', () => {
  fc.assert(
    fc.property(key, fc.nat({ max: 1_000_000 }), (k, hour) => {
      const bursts = new Bursts(k);
      expect(bursts.toTime(hour * HOUR)).toBe(hour * HOUR);
      expect(bursts.toEven(hour * HOUR)).toBe(hour * HOUR);
    }),
  );
});

test('each direction is the inverse of the other', () => {
  fc.assert(
    fc.property(key, instants, (k, at) => {
      const bursts = new Bursts(k);
      expect(Math.abs(bursts.toEven(bursts.toTime(at)) - at)).toBeLessThan(ROUNDING_MS);
      expect(Math.abs(bursts.toTime(bursts.toEven(at)) - at)).toBeLessThan(ROUNDING_MS);
    }),
    { numRuns: 300 },
  );
});

test('time never runs backwards, nor does it stand still', () => {
  fc.assert(
    fc.property(key, instants, fc.double({ min: 0, max: 10_000, noNaN: true }), (k, at, later) => {
      const bursts = new Bursts(k);
      for (const map of [bursts.toTime.bind(bursts), bursts.toEven.bind(bursts)]) {
        expect(map(at + later)).toBeGreaterThanOrEqual(map(at));
        if (later > 1) expect(map(at + later)).toBeGreaterThan(map(at));
      }
    }),
    { numRuns: 300 },
  );
});

test('traffic is never denser than it says, and nearly so in every hour', () => {
  const seconds = 1.7578125; // A 2048th of an hour.
  fc.assert(
    fc.property(key, fc.nat({ max: 500 }), (k, hour) => {
      const bursts = new Bursts(k);
      let densest = 0;
      for (let from = MONDAY + hour * HOUR; from < MONDAY + (hour + 1) * HOUR; from += seconds * 1000) {
        const even = bursts.toEven(from + seconds * 1000) - bursts.toEven(from);
        densest = Math.max(densest, even / (seconds * 1000));
      }
      expect(densest).toBeLessThanOrEqual(bursts.maxDensity + 1e-5);
      expect(densest).toBeGreaterThan(0.8 * bursts.maxDensity);
    }),
    { numRuns: 20 },
  );
});

test('an answer does not depend on what was asked before', () => {
  const questions = fc.array(fc.tuple(fc.nat({ max: 6 }), fc.integer({ min: -2, max: HOUR + 2 }), fc.boolean()));
  fc.assert(
    fc.property(key, questions, (k, all) => {
      const kept = new Bursts(k);
      for (const [hour, ms, isEven] of all) {
        const at = MONDAY + hour * HOUR + ms;
        const fresh = new Bursts(k);
        expect(isEven ? kept.toTime(at) : kept.toEven(at)).toBe(isEven ? fresh.toTime(at) : fresh.toEven(at));
      }
    }),
  );
});
