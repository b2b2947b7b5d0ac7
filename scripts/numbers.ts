import { UserError } from '../shared/errors.ts';
import { textOf } from './arguments.ts';

/**
 * A whole number from 1 to 9999 as typed after `option`, or `otherwise` when it was not given.
 * @throws {UserError} `bad-option`
 */
export function wholeNumber(option: string, value: unknown, otherwise: number): number {
  const text = textOf(option, value, String(otherwise)) ?? String(otherwise);
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new UserError(
    'bad-option',
    `${option}: ${JSON.stringify(text)} will not do; give a whole number from 1 to 9999`,
  );
}
