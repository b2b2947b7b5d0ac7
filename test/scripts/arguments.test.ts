import { describe, expect, test } from 'vitest';
import { checkNoMore, checkOptions, type Options, textOf, valuesOf } from '../../scripts/arguments.ts';

const options: Options = {
  rate: { type: 'string', describe: '' },
  'api-ratio': { type: 'string', describe: '' },
  'no-console': { type: 'boolean', describe: '' },
  service: { type: 'string', array: true, describe: '' },
};

const check = (typed: string) => checkOptions('npm start -- [options]', typed.split(' '), options);

test.each([
  '--rate 5',
  '--rate=5 --api-ratio 3 --no-console',
  '--api-ratio -1',
  '--api-ratio -.5',
  '--service a --service b --service=c',
  '-- --anything',
  'word -',
])('%s is in order', (typed) => {
  expect(() => check(typed)).not.toThrow();
});

test.each([
  ['--rat 5', '--rat: no such option; did you mean --rate? See: npm start -- --help'],
  ['--api 5', '--api: no such option; did you mean --api-ratio? See: npm start -- --help'],
  ['--colour', '--colour: no such option; See: npm start -- --help'],
  ['--console', '--console: no such option; See: npm start -- --help'],
  ['--apiRatio 5', '--apiRatio: no such option; did you mean --api-ratio? See: npm start -- --help'],
  ['-rate 5', '-rate: no such option; did you mean --rate? See: npm start -- --help'],
  ['-x', '-x: no such option; See: npm start -- --help'],
  ['--constructor', '--constructor: no such option; See: npm start -- --help'],
  ['--rate 5 --rate 6', '--rate: given twice; give it once'],
  ['--rate=5 --rate 5', '--rate: given twice; give it once'],
  ['--no-console --no-console', '--no-console: given twice; give it once'],
  ['--no-console=yes', '--no-console: takes no value'],
])('%s: %s', (typed, message) => {
  expect(() => check(typed)).toThrow(expect.objectContaining({ code: 'bad-option', message }));
});

describe('the value of an option', () => {
  test.each([undefined, 'x', ' x '])('%j', (value) => {
    expect(textOf('--rate', value, '10')).toBe(value);
  });

  test.each(['', ' ', ['a', 'b'], true])('%j is refused', (value) => {
    expect(() => textOf('--rate', value, '10')).toThrow('--rate: needs a value, for example --rate 10');
  });
});

test.each([
  { words: [], expected: 0 },
  { words: ['restart', 'api'], expected: 2 },
])('$words: not more than $expected', ({ words, expected }) => {
  expect(() => checkNoMore(words, expected)).not.toThrow();
});

test('a word too many is named', () => {
  expect(() => checkNoMore(['api', 'now'], 1)).toThrow('"now": not expected here');
});

test('every value of an option, before the words are parsed', () => {
  const words = ['--service', 'a.js', '--rate', '5', '--service=b.js', '--services', 'c.js', '--service'];
  expect(valuesOf('service', words)).toEqual(['a.js', 'b.js', '']);
});
