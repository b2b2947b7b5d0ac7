import { UserError } from './errors.ts';
import { formatValue } from './format-value.ts';

/** Bad lines in ten for each service, by its short name: 0 (none) to 10 (all), whole or in tenths. */
export type Ratios = Readonly<Record<string, number>>;

const RATIO_PATTERN = /^\d{1,2}(\.\d)?$/;

/** True for a number from 0 to 10 in whole numbers or tenths. */
function isRatio(value: unknown): value is number {
  if (typeof value !== 'number' || !(value >= 0 && value <= 10)) return false;
  return Math.round(value * 10) / 10 === value;
}

/**
 * Reads a ratio as typed after `option`.
 * @throws {UserError} `bad-ratio`
 */
export function parseRatio(option: string, text: string): number {
  const value = RATIO_PATTERN.test(text) ? Number(text) : Number.NaN;
  return checkRatio(option, value, text);
}

/**
 * Passes a ratio that came as a number (from code or JSON).
 * @throws {UserError} `bad-ratio`
 */
export function checkRatio(option: string, value: unknown, shown: unknown = value): number {
  if (isRatio(value)) return value;
  const example = `${option}${option.startsWith('--') ? ' ' : ': '}2.5`;
  throw new UserError(
    'bad-ratio',
    `${option}: ${formatValue(shown)} is not a ratio; use 0 to 10 in whole numbers or tenths, for example ${example}`,
  );
}

declare const isChecked: unique symbol;

/** Ratios that have passed `checkRatios`. */
export type CheckedRatios = Ratios & { readonly [isChecked]: true };

/**
 * Passes ratios that came from outside, by service name.
 * @throws {UserError} `bad-ratio` for the first that is not one
 */
export function checkRatios(ratios: Readonly<Record<string, unknown>>): CheckedRatios {
  for (const [name, ratio] of Object.entries(ratios)) checkRatio(name, ratio);
  return ratios as CheckedRatios;
}
