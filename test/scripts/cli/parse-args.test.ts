import { describe, expect, test } from 'vitest';
import type { Options } from '../../../scripts/cli/command.ts';
import { parse, valuesOf } from '../../../scripts/cli/parse-args.ts';

const options: Options = {
  rate: { type: 'string', describe: '', defaultValue: 10 },
  'api-ratio': { type: 'string', describe: '', defaultValue: 2, example: 2.5 },
  output: { type: 'string', describe: '', example: 'x.log' },
  'no-console': { type: 'boolean', describe: '' },
  service: { type: 'string', describe: '', example: './shipping.js', isRepeatable: true },
};

const argsOf = (typed: string) => typed.split(' ').filter((arg) => arg !== '');

const parseWith = (ofCommand: Options, typed: string, maxPositionals?: number, usage = 'npm start -- [options]') =>
  parse({ usage, options: ofCommand, ...(maxPositionals === undefined ? {} : { maxPositionals }) }, argsOf(typed));

const error = (message: string) => expect.objectContaining({ code: 'bad-option', message });

test.each<[typed: string, values: Record<string, string>, flags?: string[], positionals?: string[]]>([
  ['', {}],
  ['--rate 5', { rate: '5' }],
  ['--rate=5 --no-console --api-ratio 3', { rate: '5', 'api-ratio': '3' }, ['no-console']],
  ['--api-ratio -1', { 'api-ratio': '-1' }],
  ['--api-ratio -.5', { 'api-ratio': '-.5' }],
  ['--rate -7d --output - --no-console', { rate: '-7d', output: '-' }, ['no-console']],
  ['--rate=-7d', { rate: '-7d' }],
  ['--output=--no-console', { output: '--no-console' }],
  ['--rate=a=b', { rate: 'a=b' }],
  ['--service a --service b --service=c', { service: 'c' }],
  ['restart api', {}, [], ['restart', 'api']],
  ['restart --rate 5 -', { rate: '5' }, [], ['restart', '-']],
  ['-- --anything -7d', {}, [], ['--anything', '-7d']],
])('%j', (typed, values, flags = [], positionals = []) => {
  const parsed = parseWith(options, typed, 2);
  expect(Object.fromEntries(parsed.values)).toEqual(values);
  expect([...parsed.flags]).toEqual(flags);
  expect(parsed.positionals).toEqual(positionals);
});

describe('an unknown option', () => {
  test.each([
    ['--rat 5', '--rat: no such option; did you mean --rate 5? See: npm start -- --help'],
    ['--rat=5', '--rat: no such option; did you mean --rate 5? See: npm start -- --help'],
    ['--rat', '--rat: no such option; did you mean --rate? See: npm start -- --help'],
    ['--rat --no-console', '--rat: no such option; did you mean --rate? See: npm start -- --help'],
    ['--rat -- 5', '--rat: no such option; did you mean --rate? See: npm start -- --help'],
    ['--rat -7d', '--rat: no such option; did you mean --rate -7d? See: npm start -- --help'],
    ['--api 5', '--api: no such option; did you mean --api-ratio 5? See: npm start -- --help'],
    ['--api -1', '--api: no such option; did you mean --api-ratio -1? See: npm start -- --help'],
    ['--apis 5', '--apis: no such option; see: npm start -- --help'],
    ['--no-consol x', '--no-consol: no such option; did you mean --no-console? See: npm start -- --help'],
    ['--hlp', '--hlp: no such option; did you mean --help? See: npm start -- --help'],
    ['--rat $x', "--rat: no such option; did you mean --rate '$x'? See: npm start -- --help"],
    ['--colour', '--colour: no such option; see: npm start -- --help'],
    ['--console', '--console: no such option; see: npm start -- --help'],
    ['--no-rate', '--no-rate: no such option; see: npm start -- --help'],
    ['--apiRatio 5', '--apiRatio: no such option; did you mean --api-ratio 5? See: npm start -- --help'],
    ['-rate 5', '-rate: no such option; did you mean --rate 5? See: npm start -- --help'],
    ['-x', '-x: no such option; see: npm start -- --help'],
    [
      '--shipping-ratio 3',
      '--shipping-ratio: no such option; if shipping is a service of your own, pass its module too, for example --service ./shipping.js',
    ],
    ['--constructor', '--constructor: no such option; see: npm start -- --help'],
    ['--__proto__=1', '--__proto__: no such option; see: npm start -- --help'],
  ])('%s: %s', (typed, message) => {
    expect(() => parseWith(options, typed)).toThrow(error(message));
  });

  test.each(['api', 'shipping', 'user-agent'])('ratios has --%s for the --%s-ratio of start', (name) => {
    const ofRatios: Options = { [name]: { type: 'string', describe: '' } };
    const run = () => parseWith(ofRatios, `--${name}-ratio 3`, 0, 'npm run ratios -- [options]');
    expect(run).toThrow(`--${name}-ratio: no such option; did you mean --${name} 3? See: npm run ratios -- --help`);
  });
});

test.each([
  ['--rate 5 --rate 6', '--rate: given twice; use it once'],
  ['--rate=5 --rate 5', '--rate: given twice; use it once'],
  ['--rate -7d --rate -8d', '--rate: given twice; use it once'],
  ['--no-console --no-console', '--no-console: given twice; use it once'],
  ['--no-console=yes', '--no-console: takes no value'],
  ['--no-console=', '--no-console: takes no value'],
])('%s: %s', (typed, message) => {
  expect(() => parseWith(options, typed)).toThrow(error(message));
});

describe('a missing value', () => {
  test.each([['--rate'], ['--rate='], ['--rate', ''], ['--rate', ' '], ['--rate', '--no-console'], ['--rate', '--']])(
    '%j %j',
    (...args) => {
      const run = () => parse({ usage: 'npm start', options }, args);
      expect(run).toThrow(error('--rate: needs a value, for example --rate 10'));
    },
  );

  test('is shown with the example of the option', () => {
    const run = () => parseWith(options, '--api-ratio --rate 5');
    expect(run).toThrow(error('--api-ratio: needs a value, for example --api-ratio 2.5'));
  });
});

describe('an argument too many', () => {
  test.each([
    ['8', 0, '"8": not expected here; see: npm start -- --help'],
    ['restart api now', 2, '"now": not expected here; see: npm start -- --help'],
    ['constructor', 0, '"constructor": not expected here; see: npm start -- --help'],
    ['api-ratio 8', 0, '"api-ratio": not expected here; did you mean --api-ratio 8?'],
    ['api-ratio', 0, '"api-ratio": not expected here; did you mean --api-ratio?'],
    ['service $HOME/a.js', 0, `"service": not expected here; did you mean --service '$HOME/a.js'?`],
    ['no-console x', 0, '"no-console": not expected here; did you mean --no-console?'],
    ['-- --rate 5', 0, '"--rate": not expected here; see: npm start -- --help'],
    ['-7d', 0, '"-7d": not expected here; see: npm start -- --help'],
    ['-7d', 2, '"-7d": not expected here; see: npm start -- --help'],
    ['--no-console -7d', 0, '"-7d": not expected here; see: npm start -- --help'],
    ['--rate=-7d -8d', 0, '"-8d": not expected here; see: npm start -- --help'],
    ['--rate -7d -8d --no-console', 0, '"-8d": not expected here; see: npm start -- --help'],
    ['--rate x -7', 0, '"-7": not expected here; see: npm start -- --help'],
  ])('%s beside %i: %s', (typed, maxPositionals, message) => {
    expect(() => parseWith(options, typed, maxPositionals)).toThrow(error(message));
  });
});

describe('the values of one option', () => {
  const service = { type: 'string', describe: '', example: './shipping.js' } as const;

  test('are found among other options', () => {
    const args = argsOf('--service a.js --rate 5 --service=b.js --services c.js -- --service d.js');
    expect(valuesOf('service', service, args)).toEqual(['a.js', 'b.js']);
  });

  test.each(['--service', '--service=', '--service --rate 5'])('%s has none', (typed) => {
    const run = () => valuesOf('service', service, argsOf(typed));
    expect(run).toThrow(error('--service: needs a value, for example --service ./shipping.js'));
  });
});
