import { UserError } from '../../shared/errors.ts';
import { parseRatio } from '../../shared/ratios.ts';
import { stringOption } from './arguments.ts';

/**
 * A whole number from 1 to 9999 as typed after `option`, or `otherwise` when it was not given.
 * @throws {UserError} `bad-option`
 */
export function wholeNumber(option: string, value: unknown, fallback: number): number {
  const text = stringOption(option, value, String(fallback)) ?? String(fallback);
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new UserError('bad-option', `${option}: ${JSON.stringify(text)} is invalid; use a whole number from 1 to 9999`);
}

/**
 * The ratio typed after `option`, or undefined when it was not given.
 * @throws {UserError} `bad-option` when it is empty, `bad-ratio`
 */
export function ratioFrom(option: string, value: unknown): number | undefined {
  const text = stringOption(option, value, '2.5');
  return text === undefined ? undefined : parseRatio(option, text);
}
