/** Validation of what was typed as the value of an option: each returns it in its own type. */

import { UserError } from '../../shared/errors.ts';
import { parseRatio, type Ratio } from '../../shared/ratios.ts';
import type { ParsedArgs } from './command.ts';

const PATTERNS = { number: /^\d+(\.\d+)?$/, 'whole number': /^\d+$/ };

/** The error for the value of an option. */
export function invalidValue(option: string, text: string, advice: string): UserError {
  return new UserError('bad-option', `${option}: ${JSON.stringify(text)} is invalid; ${advice}`);
}

/**
 * A number within limits, both inclusive, or `fallback` if the option was not given.
 * @param name of the option, without the leading `--`
 * @throws {UserError} `bad-option`
 */
export function numberFrom(
  { values }: ParsedArgs,
  name: string,
  fallback: number,
  { min, max }: { readonly min: number; readonly max: number },
  kind: keyof typeof PATTERNS = 'whole number',
): number {
  const text = values.get(name);
  if (text === undefined) return fallback;
  const number = PATTERNS[kind].test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw invalidValue(`--${name}`, text, `use a ${kind} from ${min} to ${max}, for example --${name} ${fallback}`);
}

/**
 * One of a few words, or `fallback` if the option was not given.
 * @param name of the option, without the leading `--`
 * @throws {UserError} `bad-option`
 */
export function wordFrom<Word extends string>(
  { values }: ParsedArgs,
  name: string,
  fallback: Word,
  words: readonly Word[],
): Word {
  const text = values.get(name);
  if (text === undefined) return fallback;
  const word = words.find((candidate) => candidate === text);
  if (word !== undefined) return word;
  const example = words.find((candidate) => candidate !== fallback);
  throw invalidValue(`--${name}`, text, `use ${orList(words)}, for example --${name} ${example}`);
}

/** `a`, `a or b`, `a, b or c`. */
export function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/**
 * A ratio, or undefined if the option was not given.
 * @param name of the option, without the leading `--`
 * @throws {UserError} `bad-ratio`
 */
export function ratioFrom({ values }: ParsedArgs, name: string): Ratio | undefined {
  const text = values.get(name);
  return text === undefined ? undefined : parseRatio(`--${name}`, text);
}
