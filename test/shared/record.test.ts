import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  escapeControlChars,
  formatRecord,
  formatTimestamp,
  isBad,
  LEVELS,
  type LevelNumber,
  parseLine,
} from '../../shared/record.ts';

const level = fc.constantFrom<LevelNumber>(20, 30, 40, 50);
const time = fc.integer({ min: 0, max: 253_402_300_799_999 });

test('a line reads back as its record', () => {
  fc.assert(
    fc.property(level, time, fc.string({ unit: 'binary' }), (level, time, msg) => {
      const line = formatRecord({ level, time, service: 'ApiService', msg });
      expect(line.split(/[\n\r\u0085\u2028\u2029]/)).toHaveLength(1);
      expect(parseLine(line)).toEqual({
        time,
        level: LEVELS[level],
        service: 'ApiService',
        message: escapeControlChars(msg),
      });
    }),
  );
});

test('the documented form', () => {
  expect(formatRecord({ level: 30, time: 1_763_817_493_438, service: 'ApiService', msg: 'hello' })).toBe(
    '2025-11-22T13:18:13.438Z [INFO] [ApiService]: hello',
  );
});

test.each([
  { text: 'a\nb', one: 'a\\nb' },
  { text: 'a\tb', one: 'a\\tb' },
  { text: 'a\r\nb', one: 'a\\u000d\\nb' },
  { text: '\u001b[31mred', one: '\\u001b[31mred' },
  { text: '\u007f\u0085\u009b\u2028\u2029', one: '\\u007f\\u0085\\u009b\\u2028\\u2029' },
  { text: 'ü€😀', one: 'ü€😀' },
])('$one has no control characters', ({ text, one }) => {
  expect(escapeControlChars(text)).toBe(one);
});

test.each([
  '',
  'hello',
  '2025-11-22T13:18:13.438Z [FATAL] [ApiService]: hello',
  '2025-11-22T13:18:13Z [INFO] [ApiService]: hello',
  '2025-11-22T13:18:13.438Z [INFO] [Api Service]: hello',
  '2025-11-22T13:18:13.438Z [INFO] ApiService: hello',
  'x2025-11-22T13:18:13.438Z [INFO] [ApiService]: hello',
])('%j is not a line of the log', (line) => {
  expect(parseLine(line)).toBeUndefined();
});

test('WARNING and ERROR are bad, INFO and DEBUG are good', () => {
  expect([20, 30, 40, 50].map((number) => isBad(number as LevelNumber))).toEqual([false, false, true, true]);
});

test('a time stamp equals that of a date, in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e12, max: 1e13 })), (times) => {
      expect(times.map(formatTimestamp)).toEqual(times.map((time) => new Date(time).toISOString()));
    }),
  );
});
