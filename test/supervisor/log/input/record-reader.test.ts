import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RecordReader } from '../../../../supervisor/log/input/record-reader.ts';

const reader = new RecordReader('ApiService');
const TIME = 1_763_817_493_438;

function read(line: string) {
  const result = reader.read(line);
  if (!result) return undefined;
  const { hasNoEscapes, ...record } = result;
  if (hasNoEscapes) expect(line).toContain(`"${record.msg}"`);
  return record;
}
const json = (fields: object) => JSON.stringify({ level: 30, time: TIME, service: 'ApiService', ...fields });

describe('records', () => {
  test.each([
    { what: 'the form of the services', line: json({ request_id: 'req_1', msg: 'hello' }), msg: 'hello' },
    { what: 'no further fields', line: json({ msg: 'hello' }), msg: 'hello' },
    { what: 'an empty message', line: json({ msg: '' }), msg: '' },
    { what: 'a message with escapes', line: json({ msg: 'say "hi"\n\\' }), msg: 'say "hi"\n\\' },
    { what: 'a message in the middle', line: json({ msg: 'hello', more: 'x' }), msg: 'hello' },
    { what: 'a message inside another field', line: json({ err: { a: 1, msg: 'inner' }, msg: 'outer' }), msg: 'outer' },
    { what: 'a last field with a message', line: json({ msg: 'outer', err: { a: 1, msg: 'inner' } }), msg: 'outer' },
    { what: 'a field that looks like one', line: json({ a: ',"msg":"x"}', msg: 'true' }), msg: 'true' },
    { what: 'another order', line: `{"msg":"hello","service":"ApiService","time":${TIME},"level":30}`, msg: 'hello' },
    { what: 'spaces', line: `{ "level": 30, "time": ${TIME}, "service": "ApiService", "msg": "hello" }`, msg: 'hello' },
  ])('$what', ({ line, msg }) => {
    expect(read(line)).toEqual({ level: 30, time: TIME, msg });
  });

  test.each([20, 30, 40, 50])('level %i', (level) => {
    expect(read(json({ level, msg: 'x' }))).toEqual({ level, time: TIME, msg: 'x' });
  });

  test.each([0, -1, 999_999_999_999, 10_000_000_000_000])('time %i', (time) => {
    expect(read(json({ time, msg: 'x' }))).toEqual({ level: 30, time, msg: 'x' });
  });
});

describe('no records', () => {
  test.each([
    { what: 'text', line: 'listening on 8080' },
    { what: 'nothing', line: '' },
    { what: 'a truncated record', line: json({ msg: 'hello' }).slice(0, -1) },
    { what: 'the end of one', line: ',"msg":"hello"}' },
    { what: 'another service', line: json({ service: 'AuthService', msg: 'x' }) },
    { what: 'an unknown level', line: json({ level: 60, msg: 'x' }) },
    { what: 'a level as a string', line: json({ level: '30', msg: 'x' }) },
    { what: 'an invalid time', line: json({ time: 'now', msg: 'x' }) },
    { what: 'a time in fractions', line: json({ time: 1.5, msg: 'x' }) },
    { what: 'a time beyond all dates', line: json({ time: 8.64e15 + 1, msg: 'x' }) },
    { what: 'no message', line: json({}) },
    { what: 'a message that is no string', line: json({ msg: 1 }) },
    { what: 'an array', line: '[1]' },
    { what: 'null', line: 'null' },
  ])('$what', ({ line }) => {
    expect(read(line)).toBeUndefined();
  });
});

test('cutting by index gives the same as parsing, for any fields', () => {
  const fields = fc.dictionary(fc.constantFrom('msg', 'a', 'level2', ',"msg":"'), fc.jsonValue());
  fc.assert(
    fc.property(fields, fc.string({ unit: 'grapheme' }), fc.constantFrom(20, 30, 40, 50), (fields, msg, level) => {
      const { msg: _, ...others } = fields;
      const record = { level, time: TIME, service: 'ApiService', ...others, msg };
      expect(read(JSON.stringify(record))).toEqual({ level, time: TIME, msg });
    }),
    { numRuns: 2_000 },
  );
});

describe('a record that was too long', () => {
  const MARK = ' [cut: 9 bytes more]';

  test.each([20, 30, 40, 50])('of level %i is closed with what was kept of its message', (level) => {
    const line = json({ level, request_id: 'req_1', msg: 'hello' }).slice(0, -4);
    const closed = reader.close(line, 9);
    expect(read(closed)).toEqual({ level, time: TIME, msg: `hel${MARK}` });
    expect(JSON.parse(closed)).toMatchObject({ request_id: 'req_1' });
  });

  test.each([
    { what: 'in a field before its message', line: json({ long: 'hello' }).slice(0, -3) },
    { what: 'in the key of its message', line: json({ a: 1, msg: 'x' }).slice(0, -6) },
    { what: 'right after its service', line: json({ msg: 'x' }).slice(0, -'"msg":"x"}'.length) },
  ])('cut $what', ({ line }) => {
    expect(read(reader.close(line, 9))).toEqual({ level: 30, time: TIME, msg: MARK.trim() });
  });

  test('is closed after a print without a newline', () => {
    const closed = reader.close(`loading ... ${json({ msg: 'hello' }).slice(0, -2)}`, 9);
    const at = reader.recordOffset(closed);
    expect(closed.slice(0, at)).toBe('loading ... ');
    expect(read(closed.slice(at))).toEqual({ level: 30, time: TIME, msg: `hello${MARK}` });
  });

  test.each([
    { what: 'a print', line: 'loading ...' },
    { what: 'a record of another service', line: json({ service: 'AuthService', msg: 'hello' }).slice(0, -2) },
    { what: 'an unknown level', line: json({ level: 60, msg: 'hello' }).slice(0, -2) },
    { what: 'an invalid time', line: json({ time: '1763817493438', msg: 'hello' }).slice(0, -2) },
    { what: 'a record cut before its service', line: json({ msg: 'hello' }).slice(0, 40) },
    { what: 'invalid JSON', line: json({ msg: 'hello' }).replace('hello', '\\xyz hello') },
  ])('$what is no record, and gets the mark', ({ line }) => {
    expect(reader.close(line, 9)).toBe(`${line}${MARK}`);
  });

  test('keeps the start of its message, wherever it was cut', () => {
    const message = fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\u007f', '\u0001', 'ü', '\ud800') });
    fc.assert(
      fc.property(message, fc.nat(), (msg, at) => {
        const line = json({ msg });
        const from = line.indexOf(',"msg"');
        const closed = reader.close(line.slice(0, from + 1 + (at % (line.length - from - 1))), 9);
        const { level, time, msg: kept = '' } = read(closed) ?? {};
        expect({ level, time }).toEqual({ level: 30, time: TIME });
        expect(kept).toMatch(/(^| )\[cut: (9|1\d) bytes more\]$/);
        expect(msg.startsWith(kept.replace(/ ?\[cut: .*/, ''))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
