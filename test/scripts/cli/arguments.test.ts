import { describe, expect, test } from 'vitest';
import { checkOptions, type Options, rejectExtraArgs, stringOption, valuesOf } from '../../../scripts/cli/arguments.ts';

const options: Options = {
  rate: { type: 'string', describe: '' },
  'api-ratio': { type: 'string', describe: '' },
  'no-console': { type: 'boolean', describe: '' },
  service: { type: 'string', array: true, describe: '' },
};

const argsOf = (typed: string) => typed.split(' ').filter((word) => word !== '');

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
  ['--rat 5', '--rat: no such option; did you mean --rate 5? See: npm start -- --help'],
  ['--rat=5', '--rat: no such option; did you mean --rate 5? See: npm start -- --help'],
  ['--rat', '--rat: no such option; did you mean --rate? See: npm start -- --help'],
  ['--rat --no-console', '--rat: no such option; did you mean --rate? See: npm start -- --help'],
  ['--api 5', '--api: no such option; did you mean --api-ratio 5? See: npm start -- --help'],
  ['--api -1', '--api: no such option; did you mean --api-ratio -1? See: npm start -- --help'],
  ['--apis 5', '--apis: no such option; see: npm start -- --help'],
  ['--no-consol x', '--no-consol: no such option; did you mean --no-console? See: npm start -- --help'],
  ['--rat $x', "--rat: no such option; did you mean --rate '$x'? See: npm start -- --help"],
  ['--colour', '--colour: no such option; see: npm start -- --help'],
  ['--console', '--console: no such option; see: npm start -- --help'],
  ['--apiRatio 5', '--apiRatio: no such option; did you mean --api-ratio 5? See: npm start -- --help'],
  ['-rate 5', '-rate: no such option; did you mean --rate 5? See: npm start -- --help'],
  ['-x', '-x: no such option; see: npm start -- --help'],
  [
    '--shipping-ratio 3',
    '--shipping-ratio: no such option; if shipping is a service of your own, pass its module too, for example --service ./shipping.js',
  ],
  ['--constructor', '--constructor: no such option; see: npm start -- --help'],
  ['--rate 5 --rate 6', '--rate: given twice; use it once'],
  ['--rate=5 --rate 5', '--rate: given twice; use it once'],
  ['--no-console --no-console', '--no-console: given twice; use it once'],
  ['--no-console=yes', '--no-console: takes no value'],
])('%s: %s', (typed, message) => {
  expect(() => check(typed)).toThrow(expect.objectContaining({ code: 'bad-option', message }));
});

test.each(['api', 'shipping', 'user-agent'])('ratios has --%s for what start calls its ratio', (name) => {
  const ofRatios: Options = { [name]: { type: 'string', describe: '' } };
  const check = () => checkOptions('npm run ratios -- [options]', [`--${name}-ratio`, '3'], ofRatios);
  expect(check).toThrow(`--${name}-ratio: no such option; did you mean --${name} 3? See: npm run ratios -- --help`);
});

describe('the value of an option', () => {
  test.each([undefined, 'x', ' x '])('%j', (value) => {
    expect(stringOption('--rate', value, '10')).toBe(value);
  });

  test.each(['', ' ', ['a', 'b'], true])('%j is refused', (value) => {
    expect(() => stringOption('--rate', value, '10')).toThrow('--rate: needs a value, for example --rate 10');
  });
});

test.each([
  ['', 0],
  ['restart api', 2],
])('%j: not more than %i', (typed, expected) => {
  expect(() => rejectExtraArgs('npm start', argsOf(typed), options, expected)).not.toThrow();
});

describe('a word too many', () => {
  test.each([
    ['8', 0, '"8": not expected here; see: npm start -- --help'],
    ['restart api now', 2, '"now": not expected here; see: npm start -- --help'],
    ['constructor', 0, '"constructor": not expected here; see: npm start -- --help'],
    ['api-ratio 8', 0, '"api-ratio": not expected here; did you mean --api-ratio 8?'],
    ['api-ratio', 0, '"api-ratio": not expected here; did you mean --api-ratio?'],
    ['service $HOME/a.js', 0, `"service": not expected here; did you mean --service '$HOME/a.js'?`],
    ['no-console x', 0, '"no-console": not expected here; did you mean --no-console?'],
  ])('%s beside %i: %s', (typed, expected, message) => {
    const check = () => rejectExtraArgs('npm start -- [options]', argsOf(typed), options, expected);
    expect(check).toThrow(expect.objectContaining({ code: 'bad-option', message }));
  });
});

test('every value of an option, before the args are parsed', () => {
  const args = ['--service', 'a.js', '--rate', '5', '--service=b.js', '--services', 'c.js', '--service'];
  expect(valuesOf('service', args)).toEqual(['a.js', 'b.js', '']);
});
