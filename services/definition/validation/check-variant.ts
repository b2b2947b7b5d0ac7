import { escapeControlChars } from '../../../shared/record.ts';
import { isMeaningful, NUMERIC_PLACEHOLDERS, PLACEHOLDERS, type Place } from '../../simulation/common-placeholders.ts';
import type { Variant } from '../definition.ts';
import { parseText, referencesOf } from '../parse-text.ts';
import { isObject, show, type ValidationErrors } from './validation-errors.ts';
import { valueNameError } from './value-names.ts';

const CAUSE = /^[a-z][a-z0-9_]*$/;
const LEVELS = { good: ['DEBUG', 'INFO'], bad: ['WARNING', 'ERROR'] } as const;
const FORMS = '1..3, 3~60, 0.50~99.00, a|b|c, hex8, max-9..-1 or percent(used,quota)';

/** Below this duration, in ms, there is no round limit that it could have exceeded. */
const MIN_LIMIT_MS = 5;

/** Where a variant stands, which decides what is allowed in it. */
export interface ListContext {
  readonly quality: 'good' | 'bad';
  /** Whether it may end the journey. */
  readonly mayFail: boolean;
  readonly place: Place;
}

/** Checks one variant of a list. */
export function checkVariant(errors: ValidationErrors, variant: unknown, path: string, context: ListContext): void {
  if (!isObject(variant)) {
    errors.add(path, `${show(variant)} is not a variant; use { level, text, … }`);
    return;
  }
  const { quality, mayFail, place } = context;
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
  if (fails !== undefined && errors.check(mayFail, `${path}.fails`, 'only a bad variant of a step can end a journey')) {
    errors.wholeNumber(fails, `${path}.fails`, 400, 599);
    errors.check(status === undefined, `${path}.status`, 'given together with fails; leave it out');
  }
  checkStatus(errors, variant, `${path}.status`);
  checkCondition(errors, when, `${path}.when`, place.afterFailure);
  if (!isText(errors, text, `${path}.text`)) return;
  const hasValues = errors.entries(values, `${path}.values`).every(([, spec]) => spec !== undefined);
  if (hasValues) checkText(errors, variant as unknown as Variant, path, place);
}

/** Checks a path: every placeholder must be one that every line of the place has. */
export function checkPath(errors: ValidationErrors, text: unknown, path: string, place: Place): void {
  if (isText(errors, text, path))
    checkPlaceholders(errors, parseText({ text: text as string }).placeholders, [], path, place);
}

function checkStatus(errors: ValidationErrors, { level, status }: Record<string, unknown>, path: string): void {
  if (status === undefined || !errors.wholeNumber(status, path, 100, 599)) return;
  const isGood = (LEVELS.good as readonly unknown[]).includes(level);
  if (isGood) errors.check((status as number) < 500, path, `${status} is invalid on a good line; use 100 to 499`);
  if (level === 'ERROR')
    errors.check((status as number) >= 400, path, `${status} is invalid on an ERROR; use 400 to 599`);
}

function checkCondition(errors: ValidationErrors, condition: unknown, path: string, afterFailure: boolean): void {
  if (condition === undefined) return;
  for (const [key, value] of errors.entries(condition, path)) {
    const at = `${path}.${key}`;
    if (key === 'minMs') errors.wholeNumber(value, at, 1, 60_000);
    else if (!afterFailure) errors.add(at, 'unknown here; before a failure only minMs can be a condition');
    else if (key === 'failedIn') errors.check(typeof value === 'string', at, `${show(value)} is not a service`);
    else if (key === 'down')
      errors.check(typeof value === 'boolean', at, `${show(value)} is invalid; use true or false`);
    else if (key === 'status') errors.check(value === 4 || value === 5, at, `${show(value)} is invalid; use 4 or 5`);
    else errors.add(at, 'unknown; known here: minMs, failedIn, down, status');
  }
}

function isText(errors: ValidationErrors, text: unknown, path: string): boolean {
  if (!errors.check(typeof text === 'string' && text.trim() !== '', path, `${show(text)} is not a text`)) return false;
  const isOneLine = escapeControlChars(text as string) === text;
  return errors.check(isOneLine, path, `${show(text)} is not one line without control characters`);
}

function checkText(errors: ValidationErrors, variant: Variant, path: string, place: Place): void {
  const { placeholders, values } = parseText(variant);
  const known: string[] = [];
  for (const [name, value] of values) {
    const at = Object.hasOwn(variant.values ?? {}, name) ? `${path}.values.${name}` : `${path}.text: {${name}}`;
    const nameError = valueNameError(name);
    if (nameError) errors.add(at, nameError);
    else if (!value) errors.add(at, `its value is invalid; use ${FORMS}, once`);
    else if (value.kind === 'limit') checkLimit(errors, variant, at, place);
    for (const other of referencesOf(value)) {
      const isKnown = known.includes(other) || (NUMERIC_PLACEHOLDERS.has(other) && isMeaningful(other, place));
      errors.check(isKnown, at, `${show(other)} is not a number of this line`);
    }
    known.push(name);
  }
  checkPlaceholders(errors, placeholders, known, `${path}.text`, place);
}

function checkLimit(errors: ValidationErrors, { when }: Variant, path: string, place: Place): void {
  const minMs = isObject(when) && typeof when.minMs === 'number' ? when.minMs : 0;
  errors.check(place.journey !== undefined, path, 'has no meaning here; give it a value, for example {limit:50|100}');
  errors.check(minMs >= MIN_LIMIT_MS, path, `needs when: { minMs: ${MIN_LIMIT_MS} } or more: there is no limit below`);
}

function checkPlaceholders(
  errors: ValidationErrors,
  placeholders: readonly string[],
  own: readonly string[],
  path: string,
  place: Place,
): void {
  for (const name of placeholders) {
    if (own.includes(name)) continue;
    if (!PLACEHOLDERS.has(name))
      errors.add(path, `{${name}} has no value; use {${name}:1..9} or a placeholder that every line has`);
    else if (!isMeaningful(name, place)) errors.add(path, `{${name}} has no meaning here`);
  }
}
