import { UserError } from './errors.ts';
import { formatValue } from './format-value.ts';

declare const validated: unique symbol;

/** Bad lines in ten, known to be valid: 0 (none) to 10 (all), whole or in tenths. */
export type Ratio = number & { readonly [validated]: 'ratio' };

/** Bad lines in ten for each service, by its short name: 0 (none) to 10 (all), whole or in tenths. */
export type Ratios = Readonly<Record<string, number>>;

/** The same, known to be valid. */
export type ValidRatios = Readonly<Record<string, Ratio>>;

const RATIO_PATTERN = /^\d{1,2}(\.\d)?$/;

function isRatio(value: unknown): value is Ratio {
  return typeof value === 'number' && value >= 0 && value <= 10 && Math.round(value * 10) / 10 === value;
}

/**
 * Parses a ratio that was typed after `option`.
 * @throws {UserError} `bad-ratio`
 */
export function parseRatio(option: string, text: string): Ratio {
  return checkRatio(option, RATIO_PATTERN.test(text) ? Number(text) : Number.NaN, text);
}

/**
 * Validates a ratio that came as a number, from code or JSON.
 * @param option its name in the message
 * @param shown what the message shows instead of the value
 * @throws {UserError} `bad-ratio`
 */
export function checkRatio(option: string, value: unknown, shown: unknown = value): Ratio {
  if (isRatio(value)) return value;
  const example = `${option}${option.startsWith('--') ? ' ' : ': '}2.5`;
  throw new UserError(
    'bad-ratio',
    `${option}: ${formatValue(shown)} is not a ratio; use 0 to 10 in whole numbers or tenths, for example ${example}`,
  );
}

/**
 * Validates the ratios of some services.
 * @throws {UserError} `bad-ratio` for the first that is not one
 */
export function checkRatios(ratios: Readonly<Record<string, unknown>>): ValidRatios {
  return Object.fromEntries(Object.entries(ratios).map(([name, ratio]) => [name, checkRatio(name, ratio)]));
}
