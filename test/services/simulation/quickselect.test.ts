import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quickselect } from '../../../services/simulation/quickselect.ts';

test('the smallest numbers come first, whatever they are and however many', () => {
  const numbers = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: 0, max: 5 })), { maxLength: 60 });
  fc.assert(
    fc.property(numbers, fc.nat({ max: 60 }), (given, wanted) => {
      const count = Math.min(wanted, given.length);
      const array = Float64Array.from(given);
      quickselect(array, count);
      const sorted = (part: Float64Array) => [...part].sort((a, b) => a - b || (Object.is(a, -0) ? -1 : 1));
      const smallest = [...given].sort((a, b) => a - b).slice(0, count);
      expect(sorted(array.subarray(0, count)).map((x) => x + 0)).toEqual(smallest.map((x) => x + 0));
      expect(sorted(array).map((x) => x + 0)).toEqual([...given].sort((a, b) => a - b).map((x) => x + 0));
    }),
    { numRuns: 2_000 },
  );
});
