import { describe, expect, test } from 'vitest';
import { parseText, parseValue } from '../../../services/definition/parse-text.ts';

const namesIn = (text: string, values = {}) => [...parseText({ text, values }).values.keys()];

describe('a value specification', () => {
  test.each([
    [8, { kind: 'constant', value: 8 }],
    ['8', { kind: 'constant', value: 8 }],
    ['1..3', { kind: 'range', low: 1, high: 3 }],
    ['-3..-1', { kind: 'range', low: -3, high: -1 }],
    ['3~60', { kind: 'skewed', low: 3, high: 60 }],
    ['0.01~3.90', { kind: 'money', low: 1, high: 390 }],
    ['a|b c|d:e', { kind: 'oneOf', items: ['a', 'b c', 'd:e'] }],
    ['14|30', { kind: 'oneOf', items: [14, 30] }],
    ['14|x', { kind: 'oneOf', items: ['14', 'x'] }],
    [['a', 'b'], { kind: 'oneOf', items: ['a', 'b'] }],
    [[1], { kind: 'oneOf', items: [1] }],
    ['hex8', { kind: 'hex', digits: 8 }],
    ['max-9..-1', { kind: 'plus', base: 'max', low: -9, high: -1 }],
    ['limit+1..19', { kind: 'plus', base: 'limit', low: 1, high: 19 }],
    ['percent(used,quota)', { kind: 'percent', part: 'used', whole: 'quota' }],
    ['percent(used, quota)', { kind: 'percent', part: 'used', whole: 'quota' }],
  ])('%j', (spec, expected) => {
    expect(parseValue(spec)).toEqual(expected);
  });

  test.each([
    '',
    'word',
    '3..1',
    '60~3',
    'hex0',
    'hex9',
    'a||b',
    '1.50',
    '1.00..2.00',
    '1~2.00',
    'max-1..-9',
    [],
    ['a', ''],
    Number.NaN,
    [1, Number.POSITIVE_INFINITY],
  ])('%j is invalid', (spec) => {
    expect(parseValue(spec)).toBeUndefined();
  });
});

describe('a text', () => {
  test('without values is its placeholders and what stands between them', () => {
    const { placeholders, literals, values } = parseText({ text: '{order} of {user}' });
    expect({ placeholders, literals, values: [...values] }).toEqual({
      placeholders: ['order', 'user'],
      literals: ['', ' of ', ''],
      values: [],
    });
  });

  test('defines a value where it is first used, and may use it again', () => {
    const { placeholders, literals, values } = parseText({ text: 'pool {max:20|30}/{max} in use' });
    expect({ placeholders, literals }).toEqual({ placeholders: ['max', 'max'], literals: ['pool ', '/', ' in use'] });
    expect(values.get('max')).toEqual({ kind: 'oneOf', items: [20, 30] });
  });

  test('defines a value once: in the text or beside it', () => {
    expect(parseText({ text: '{a:1..2} {a:1..3}' }).values.get('a')).toBeUndefined();
    expect(parseText({ text: '{a:1..2}', values: { a: '1..3' } }).values.get('a')).toBeUndefined();
  });

  test('has a limit of its own unless it defines one', () => {
    expect(parseText({ text: 'limit {limit} ms' }).values.get('limit')).toEqual({ kind: 'limit' });
    expect(parseText({ text: 'limit {limit:5|10} ms' }).values.get('limit')).toEqual({ kind: 'oneOf', items: [5, 10] });
    expect(parseText({ text: 'no such' }).values.has('limit')).toBe(false);
  });

  test.each([
    ['in the order of the text', ['b', 'a'], '{b:1..2} {a:1..2}', {}],
    ['those beside the text first', ['a', 'b'], '{b:1..2} {a}', { a: '1..2' }],
    ['each after those it refers to', ['max', 'active'], '{active:max-2..0}/{max:30|50}', {}],
    ['also over several', ['quota', 'used', 'share'], '{share:percent(used,quota)} {used:quota-9..-1} {quota:9|8}', {}],
    ['the limit first', ['limit', 'hook'], '{hook:a|b} timed out (limit {limit} ms)', {}],
  ])('draws its values %s', (_, expected, text, values) => {
    expect(namesIn(text, values)).toEqual(expected);
  });

  test('whose values refer to each other ends all the same', () => {
    expect(namesIn('{a:b+1..2} {b:a+1..2}').sort()).toEqual(['a', 'b']);
  });
});
