import { escapeControlChars } from '../../../shared/record.ts';
import { isMeaningful, PLACEHOLDERS, type Place } from '../../simulation/placeholders.ts';
import { placeholdersOf } from '../../simulation/template.ts';
import { drawNameFault } from './names.ts';
import { isObject, show, type ValidationErrors } from './validation-errors.ts';

const GOOD = ['DEBUG', 'INFO'];
const BAD = ['WARNING', 'ERROR'];
const CAUSE = /^[a-z][a-z0-9_]*$/;

/** The lists of a step, and what may stand in each. */
export const LISTS = {
  ok: { bad: false, afterFailure: false },
  trouble: { bad: true, afterFailure: false },
  failed: { bad: false, afterFailure: true },
  blamed: { bad: true, afterFailure: true },
  aftermath: { bad: true, afterFailure: true },
} as const;
export type ListName = keyof typeof LISTS;

/** Checks one variant of a step's list. */
export function checkVariant(
  faults: ValidationErrors,
  variant: unknown,
  path: string,
  list: ListName,
  place: Place,
): void {
  if (!isObject(variant)) {
    faults.add(path, `${show(variant)} is not a variant; write { level, text, … }`);
    return;
  }
  const { bad, afterFailure } = LISTS[list];
  faults.onlyKeys(variant, path, ['level', 'text', 'cause', 'status', 'fails', 'weight', 'with', 'if']);
  const levels = bad ? BAD : GOOD;
  const { level, cause, weight, fails } = variant;
  const advice = `is not a level of a ${bad ? 'bad' : 'good'} line; use ${levels.join(' or ')}`;
  faults.check(levels.includes(level as string), `${path}.level`, `${show(level)} ${advice}`);
  if (bad || cause !== undefined) {
    const holds = typeof cause === 'string' && CAUSE.test(cause);
    faults.check(holds, `${path}.cause`, `${show(cause)} is not a cause; write for example "lock_timeout"`);
  }
  if (weight !== undefined) {
    const holds = typeof weight === 'number' && weight > 0 && weight < 1e6;
    faults.check(holds, `${path}.weight`, `${show(weight)} is not a number above 0`);
  }
  if (fails !== undefined) {
    faults.check(typeof fails === 'boolean', `${path}.fails`, `${show(fails)} is neither true nor false`);
    faults.check(list === 'trouble' || fails !== true, `${path}.fails`, 'only a variant of trouble can end a journey');
  }
  checkStatus(faults, variant, path);
  checkCondition(faults, variant.if, `${path}.if`, afterFailure);
  const draws = variant.with ?? {};
  checkDraws(faults, draws, `${path}.with`, place, conditionTook(variant.if));
  const drawn = isObject(draws) ? Object.keys(draws) : [];
  checkText(faults, variant.text, `${path}.text`, drawn, { ...place, afterFailure });
}

function checkStatus(faults: ValidationErrors, { level, status, fails }: Record<string, unknown>, path: string): void {
  if (fails === true) faults.check(status !== undefined, `${path}.status`, 'nothing; say with which status it fails');
  if (status === undefined || !faults.wholeNumber(status, `${path}.status`, 100, 599)) return;
  const number = status as number;
  if (GOOD.includes(level as string)) faults.check(number < 500, `${path}.status`, `${number} on a good line`);
  if (level === 'ERROR') faults.check(number >= 400, `${path}.status`, `${number} on a line of level ERROR`);
  if (fails === true) faults.check(number >= 400, `${path}.status`, `${number} is no failure; use 400 to 599`);
}

function checkCondition(faults: ValidationErrors, condition: unknown, path: string, afterFailure: boolean): void {
  if (condition === undefined) return;
  for (const [key, value] of faults.entries(condition, path)) {
    const at = `${path}.${key}`;
    if (key === 'took') faults.wholeNumber(value, at, 1, 60_000);
    else if (!afterFailure) faults.add(at, 'unknown here; before a failure only took can be a condition');
    else if (key === 'failed') faults.check(typeof value === 'string', at, `${show(value)} is not a service`);
    else if (key === 'down') faults.check(typeof value === 'boolean', at, `${show(value)} is neither true nor false`);
    else if (key === 'status') faults.check(value === 4 || value === 5, at, `${show(value)} is neither 4 nor 5`);
    else faults.add(at, 'unknown; known here: took, failed, down, status');
  }
}

function conditionTook(condition: unknown): number {
  return isObject(condition) && typeof condition.took === 'number' ? condition.took : 0;
}

/** The text: one line, and every placeholder drawn here or one that has a meaning in this place. */
export function checkText(
  faults: ValidationErrors,
  text: unknown,
  path: string,
  drawn: readonly string[],
  place: Place,
): void {
  if (!faults.check(typeof text === 'string' && text.trim() !== '', path, `${show(text)} is not a text`)) return;
  faults.check(
    escapeControlChars(text as string) === text,
    path,
    `${show(text)} is not one line without control characters`,
  );
  for (const name of placeholdersOf(text as string)) {
    if (drawn.includes(name)) continue;
    if (!PLACEHOLDERS.has(name)) faults.add(path, `{${name}} is neither drawn in "with" nor one that every line has`);
    else if (!isMeaningful(name, place)) faults.add(path, `{${name}} has no meaning here`);
  }
}

function checkDraws(faults: ValidationErrors, draws: unknown, path: string, place: Place, took: number): void {
  const known: string[] = [];
  for (const [name, spec] of faults.entries(draws, path)) {
    const at = `${path}.${name}`;
    const nameFault = drawNameFault(name);
    if (nameFault) faults.add(at, nameFault);
    checkDraw(
      faults,
      spec,
      at,
      (other) => known.includes(other) || (isNumeric(other) && isMeaningful(other, place)),
      took,
    );
    known.push(name);
  }
}

function isNumeric(name: string): boolean {
  return ['took', 'elapsed', 'qty', 'status'].includes(name);
}

function checkDraw(
  faults: ValidationErrors,
  spec: unknown,
  path: string,
  isKnown: (name: string) => boolean,
  took: number,
): void {
  const refer = (name: unknown) =>
    faults.check(typeof name === 'string' && isKnown(name), path, `${show(name)} is not an earlier value`);
  if (typeof spec === 'string' || typeof spec === 'number') return;
  if (Array.isArray(spec)) {
    const words = spec.length > 0 && spec.every((word) => typeof word === 'string');
    faults.check(words || isRange(spec), path, `${show(spec)} is neither [low, high] nor a list of words`);
    return;
  }
  const [[kind, value] = [undefined, undefined], ...more] = isObject(spec) ? faults.entries(spec, path) : [];
  if (kind === undefined || more.length > 0) faults.add(path, `${show(spec)} is not a draw`);
  else if (kind === 'oneOf') {
    const numbers = Array.isArray(value) && value.length > 0 && value.every((number) => typeof number === 'number');
    faults.check(numbers, path, `${show(value)} is not a list of numbers`);
  } else if (kind === 'skew' || kind === 'money') {
    faults.check(isRange(value), path, `${show(value)} is not [low, high]`);
  } else if (kind === 'hex') faults.wholeNumber(value, path, 1, 8);
  else if (kind === 'limit') {
    if (refer(value) && value === 'took') {
      faults.check(took >= 5, path, 'a limit of took needs "if: { took: 5 }" or more: there is none below');
    }
  } else if (kind === 'plus') {
    const [name, ...range] = Array.isArray(value) ? value : [];
    refer(name);
    faults.check(isRange(range), path, `${show(value)} is not [name, low, high]`);
  } else if (kind === 'percent') {
    for (const name of Array.isArray(value) && value.length === 2 ? value : [value]) refer(name);
  } else faults.add(`${path}.${kind}`, 'unknown; known here: oneOf, skew, plus, limit, percent, money, hex');
}

function isRange(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isInteger) && value[0] <= value[1];
}
