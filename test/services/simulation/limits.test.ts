import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Limits } from '../../../services/simulation/limits.ts';

const seed = fc.nat({ max: 4_294_967_295 });
/** Longest usual duration of a stage that may have a limit, in ms. */
const maxMs = fc.oneof(fc.integer({ min: 5, max: 2_000 }), fc.integer({ min: 5, max: 60_000 }));

/** The limit of a text that only one stage has. */
function drawn(ms: number, isTimeout: boolean, s: number): number {
  const limits = new Limits();
  limits.add('auth', 'read', ms, isTimeout);
  return limits.drawFor(s)[0] as number;
}

test('are fixed for a seed, a service and a text, whatever else has one', () => {
  fc.assert(
    fc.property(seed, maxMs, fc.boolean(), fc.array(maxMs), (s, ms, isTimeout, others) => {
      const limits = new Limits();
      others.forEach((other, index) => {
        limits.add('auth', `other ${index}`, other, index % 2 === 0);
      });
      const index = limits.add('auth', 'read', ms, isTimeout);
      expect(limits.drawFor(s)[index]).toBe(drawn(ms, isTimeout, s));
      expect([...limits.drawFor(s)]).toEqual([...limits.drawFor(s)]);
    }),
  );
});

test('differ with the seed, the text and the service', () => {
  const limits = new Limits();
  const texts = Array.from({ length: 40 }, (_, index) => `read ${index}`);
  for (const service of ['auth', 'payment']) for (const text of texts) limits.add(service, text, 50, true);
  const [one, other] = [limits.drawFor(1), limits.drawFor(2)];
  expect(new Set(one.subarray(0, 40)).size).toBeGreaterThan(1);
  expect(one.subarray(0, 40)).not.toEqual(one.subarray(40));
  expect(one).not.toEqual(other);
});

test('one text has one limit, for the longest of the stages that have it', () => {
  fc.assert(
    fc.property(seed, fc.boolean(), fc.array(maxMs, { minLength: 1 }), (s, isTimeout, stages) => {
      const limits = new Limits();
      for (const ms of stages) expect(limits.add('auth', 'read', ms, isTimeout)).toBe(0);
      expect([...limits.drawFor(s)]).toEqual([drawn(Math.max(...stages), isTimeout, s)]);
    }),
  );
});

describe('a timeout', () => {
  test('is far above what the step usually takes, and a figure that people write', () => {
    fc.assert(
      fc.property(seed, maxMs, (s, ms) => {
        const timeout = drawn(ms, true, s);
        expect(timeout).toBeGreaterThanOrEqual(1.5 * ms);
        expect(timeout).toBeGreaterThanOrEqual(Math.min(10 * ms, 10_000));
        expect(timeout).toBeLessThanOrEqual(Math.max(12_000, 2.5 * ms));
        expect(String(timeout)).toMatch(/^[1-9]\d?5?0*$/);
      }),
      { numRuns: 2_000 },
    );
  });

  test('of any stage exists', () => {
    const missing = Array.from({ length: 59_996 }, (_, index) => index + 5).filter((ms) => drawn(ms, true, 1) <= ms);
    expect(missing).toEqual([]);
  });
});

describe('a budget', () => {
  test('is below what the step takes at most, so that it can be exceeded', () => {
    fc.assert(
      fc.property(seed, maxMs, (s, ms) => {
        const budget = drawn(ms, false, s);
        expect(budget).toBeGreaterThanOrEqual(1);
        expect(budget).toBeGreaterThan(0.3 * ms);
        expect(budget).toBeLessThanOrEqual(0.8 * ms);
      }),
      { numRuns: 2_000 },
    );
  });
});
