import { expect, test } from 'vitest';
import { checkOptions, joinNegativeValues, type Options } from '../../../scripts/cli/arguments.ts';

const USAGE = 'npm run backfill -- …';

const options: Options = {
  from: { type: 'string', describe: '' },
  output: { type: 'string', describe: '' },
  force: { type: 'boolean', describe: '' },
};

test.each([
  ['--from -7d', '--from=-7d'],
  ['--from=-7d', '--from=-7d'],
  ['--output -', '--output=-'],
  ['--from -7d --output - --force', '--from=-7d --output=- --force'],
  ['--from 2026-11-01', '--from 2026-11-01'],
  ['--from --force', '--from --force'],
  ['--from -x', '--from -x'],
  ['--form -7d', '--form -7d'],
  ['-', '-'],
  ['-- --from -7d', '-- --from -7d'],
])('%s becomes %s', (typed, joined) => {
  expect(joinNegativeValues(USAGE, typed.split(' '), options).join(' ')).toBe(joined);
});

test.each([
  ['-7d', '-7d'],
  ['--force -7d', '-7d'],
  ['--from=-7d -8d', '-8d'],
  ['--from -7d -8d --force', '-8d'],
  ['--from x -7', '-7'],
])('%s: %s is not expected', (typed, word) => {
  expect(() => joinNegativeValues(USAGE, typed.split(' '), options)).toThrow(`"${word}": not expected here`);
});

test('such values are no unknown options', () => {
  const typed = '--from -7d --output -'.split(' ');
  expect(() => checkOptions(USAGE, typed, options)).not.toThrow();
});
