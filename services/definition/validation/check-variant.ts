import { escapeControlChars } from '../../../shared/record.ts';
import { isMeaningful, NUMERIC_PLACEHOLDERS, PLACEHOLDERS, type Place } from '../../simulation/common-placeholders.ts';
import type { Variant } from '../definition.ts';
import { parseText, referencesOf } from '../parse-text.ts';
import { checkCondition } from './check-condition.ts';
import type { ListContext } from './list-context.ts';
import { isNumeric } from './numeric-values.ts';
import { isObject, show, type ValidationErrors } from './validation-errors.ts';
import { valueNameError } from './value-names.ts';

const CAUSE = /^[a-z][a-z0-9_]*$/;
const LEVELS = { good: ['DEBUG', 'INFO'], bad: ['WARNING', 'ERROR'] } as const;
const FORMS = '1..3, 3~60, 0.50~99.00, a|b|c, hex8, max-9..-1 or percent(used,quota)';

/** A stage that takes less, in ms, has no limit that anybody would set. */
const MIN_LIMIT_MS = 5;

/** Checks one variant of a list. */
export function checkVariant(errors: ValidationErrors, variant: unknown, path: string, context: ListContext): void {
  if (!isObject(variant)) {
    errors.add(path, `${show(variant)} is not a variant; use { level, text, … }`);
    return;
  }
  const { quality, mayFail } = context;
  errors.onlyKeys(variant, path, ['level', 'text', 'cause', 'status', 'fails', 'weight', 'values', 'when']);
  const { level, cause, weight, fails, status, text, values = {}, when } = variant;
  const levels: readonly unknown[] = LEVELS[quality];
  errors.check(levels.includes(level), `${path}.level`, `${show(level)} is invalid; use ${levels.join(' or ')}`);
  if (quality === 'bad' || cause !== undefined) {
    const isCause = typeof cause === 'string' && CAUSE.test(cause);
    errors.check(isCause, `${path}.cause`, `${show(cause)} is invalid; use for example "lock_timeout"`);
  }
  if (weight !== undefined) {
    const isWeight = typeof weight === 'number' && weight > 0 && weight < 1e6;
    errors.check(isWeight, `${path}.weight`, `${show(weight)} is invalid; use a number above 0`);
  }
  const mayEnd = 'only a variant in good or bad of a step can end a journey';
  if (fails !== undefined && errors.check(mayFail, `${path}.fails`, mayEnd)) {
    errors.wholeNumber(fails, `${path}.fails`, 400, quality === 'good' ? 499 : 599);
    errors.check(status === undefined, `${path}.status`, 'given together with fails; leave it out');
  }
  checkStatus(errors, variant, `${path}.status`);
  checkCondition(errors, when, `${path}.when`, context, cause);
  if (!isText(errors, text, `${path}.text`)) return;
  errors.entries(values, `${path}.values`);
  if (isObject(values)) checkText(errors, { text, values } as Pick<Variant, 'text' | 'values'>, path, context);
}

/** Checks a path: every placeholder must be one that every line of the place has. */
export function checkPath(errors: ValidationErrors, text: unknown, path: string, place: Place): void {
  if (!isText(errors, text, path)) return;
  const advice = () => 'use a placeholder that every line has';
  checkPlaceholders(errors, parseText({ text: text as string }).placeholders, { path, place, advice });
}

function checkStatus(errors: ValidationErrors, { level, status }: Record<string, unknown>, path: string): void {
  if (status === undefined || !errors.wholeNumber(status, path, 100, 599)) return;
  const isGood = (LEVELS.good as readonly unknown[]).includes(level);
  if (isGood) errors.check((status as number) < 500, path, `${status} is invalid on a good line; use 100 to 499`);
  if (level === 'ERROR')
    errors.check((status as number) >= 400, path, `${status} is invalid on an ERROR; use 400 to 599`);
}

function isText(errors: ValidationErrors, text: unknown, path: string): boolean {
  if (!errors.check(typeof text === 'string' && text.trim() !== '', path, `${show(text)} is not a text`)) return false;
  const isOneLine = escapeControlChars(text as string) === text;
  return errors.check(isOneLine, path, `${show(text)} is not one line without control characters`);
}

function checkText(
  errors: ValidationErrors,
  variant: Pick<Variant, 'text' | 'values'>,
  path: string,
  context: ListContext,
): void {
  const { place, own } = context;
  const { placeholders, values } = parseText(variant);
  const state = [...own.constants.keys(), ...own.gauges, ...own.targets];
  const known = [...state];
  const numbers = [...own.numbers];
  for (const [name, value] of values) {
    const at = Object.hasOwn(variant.values ?? {}, name) ? `${path}.values.${name}` : `${path}.text: {${name}}`;
    const nameError = valueNameError(name);
    if (nameError) errors.add(at, nameError);
    else if (state.includes(name)) errors.add(at, 'is a constant, gauge or target of the service; use another name');
    else if (!value) errors.add(at, `its value is invalid; use ${FORMS}, once`);
    else if (value.kind === 'limit') checkLimit(errors, at, context);
    for (const other of referencesOf(value)) {
      const isNumber = numbers.includes(other) || (NUMERIC_PLACEHOLDERS.has(other) && isMeaningful(other, place));
      errors.check(isNumber, at, `${show(other)} is not a number of this line`);
    }
    known.push(name);
    if (value && isNumeric(value)) numbers.push(name);
  }
  const others = placeholders.filter((name) => !known.includes(name));
  const advice = (name: string): string => `use {${name}:1..9} or a placeholder that every line has`;
  checkPlaceholders(errors, others, { path: `${path}.text`, place, advice });
}

function checkLimit(errors: ValidationErrors, path: string, { place, maxMs }: ListContext): void {
  const isWatched = place.journey !== undefined && !place.afterFailure;
  if (!errors.check(isWatched, path, 'has no meaning here; give it a value, for example {limit:50|100}')) return;
  errors.check(maxMs >= MIN_LIMIT_MS, path, `needs a stage that may take ${MIN_LIMIT_MS} ms or more`);
}

interface PlaceholderContext {
  readonly path: string;
  readonly place: Place;
  /** What to write instead of one that is unknown. */
  readonly advice: (name: string) => string;
}

function checkPlaceholders(
  errors: ValidationErrors,
  placeholders: readonly string[],
  { path, place, advice }: PlaceholderContext,
): void {
  for (const name of placeholders) {
    if (!PLACEHOLDERS.has(name)) errors.add(path, `{${name}} has no value; ${advice(name)}`);
    else if (!isMeaningful(name, place)) errors.add(path, `{${name}} has no meaning here`);
  }
}
