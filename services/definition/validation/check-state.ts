/** Checks the parts of a definition that concern the service as a whole. */

import { type ParsedValue, parseValue } from '../parse-text.ts';
import { checkFault, isPersonal } from './check-fault.ts';
import { isNumeric, wholeNumbersOf } from './numeric-values.ts';
import { isObject, show, type ValidationErrors } from './validation-errors.ts';
import { isOfEveryObject, OF_EVERY_OBJECT, valueNameError } from './value-names.ts';

/** What the texts and conditions of a service may refer to. */
export interface OwnNames {
  /** With their values; undefined for one that is invalid. */
  readonly constants: ReadonlyMap<string, ParsedValue | undefined>;
  readonly gauges: readonly string[];
  readonly targets: readonly string[];
  /** Constants that are numbers, and gauges. */
  readonly numbers: readonly string[];
  /** Causes of its lasting faults. */
  readonly lasting: readonly string[];
  /** Causes of its personal faults. */
  readonly personal: readonly string[];
}

const CAUSE = /^[a-z][a-z0-9_]*$/;

/** Checks constants, gauges, targets and faults, and returns their names. */
export function checkState(errors: ValidationErrors, definition: Readonly<Record<string, unknown>>): OwnNames {
  const { constants = {}, gauges = {}, targets = {}, faults = {} } = definition;
  const lists = {
    constants: errors.entries(constants, 'constants'),
    gauges: errors.entries(gauges, 'gauges'),
    targets: errors.entries(targets, 'targets'),
    faults: errors.entries(faults, 'faults'),
  };
  const values = lists.constants.map(([name, spec]) => {
    return [name, checkConstant(errors, spec, `constants.${name}`)] as const;
  });
  const gaugeNames = lists.gauges.map(([name]) => name);
  const own: OwnNames = {
    constants: new Map(values),
    gauges: gaugeNames,
    targets: lists.targets.map(([name]) => name),
    numbers: [...values.flatMap(([name, value]) => (value && isNumeric(value) ? [name] : [])), ...gaugeNames],
    lasting: lists.faults.flatMap(([cause, fault]) => (isPersonal(fault) ? [] : [cause])),
    personal: lists.faults.flatMap(([cause, fault]) => (isPersonal(fault) ? [cause] : [])),
  };
  checkNames(errors, lists);
  const awaitable = lists.gauges.flatMap(([name, gauge]) => (isObject(gauge) && 'waitsFor' in gauge ? [] : [name]));
  for (const [name, gauge] of lists.gauges) checkGauge(errors, gauge, `gauges.${name}`, own, awaitable);
  for (const [name, instances] of lists.targets) checkTarget(errors, instances, `targets.${name}`);
  for (const [cause, fault] of lists.faults) {
    const path = `faults.${cause}`;
    if (isOfEveryObject(cause)) errors.add(path, OF_EVERY_OBJECT);
    else errors.check(CAUSE.test(cause), path, 'is not a cause; use for example "replica_lag"');
    checkFault(errors, fault, path, own.targets);
  }
  return own;
}

type Entries = readonly (readonly [name: string, value: unknown])[];

/** All of them become placeholders, so no two may have one name. */
function checkNames(
  errors: ValidationErrors,
  { constants, gauges, targets }: { readonly constants: Entries; readonly gauges: Entries; readonly targets: Entries },
): void {
  const kinds = new Map<string, string>();
  for (const [list, kind, entries] of [
    ['constants', 'constant', constants],
    ['gauges', 'gauge', gauges],
    ['targets', 'target', targets],
  ] as const) {
    for (const [name] of entries) {
      const path = `${list}.${name}`;
      const nameError = valueNameError(name);
      if (nameError) errors.add(path, nameError);
      errors.check(name !== 'limit', path, 'is the limit of a step in every text; use another name');
      errors.check(!kinds.has(name), path, `is the name of a ${kinds.get(name)} too; use another name`);
      kinds.set(name, kind);
    }
  }
}

/** @returns the value, if it is valid */
function checkConstant(errors: ValidationErrors, spec: unknown, path: string): ParsedValue | undefined {
  const value = spec === undefined ? undefined : parseValue(spec as string);
  const refers = value?.kind === 'plus' || value?.kind === 'percent';
  const advice = refers
    ? 'a constant cannot refer to another value'
    : 'use a number, 1..3, 3~60, 0.50~99.00, a|b|c, hex8 or a list';
  const isValid = errors.check(value !== undefined && !refers, path, `${show(spec)} is invalid; ${advice}`);
  return isValid ? value : undefined;
}

function checkTarget(errors: ValidationErrors, instances: unknown, path: string): void {
  const isName = (name: unknown): boolean => typeof name === 'string' && /^[\w.:@/-]+$/.test(name);
  const areNames = Array.isArray(instances) && instances.length > 0 && instances.every(isName);
  const advice = 'use for example ["replica-1", "replica-2"], of letters, digits and . : @ / - _';
  errors.check(areNames, path, `${show(instances)} is not a list of names; ${advice}`);
}

function checkGauge(
  errors: ValidationErrors,
  gauge: unknown,
  path: string,
  own: OwnNames,
  awaitable: readonly string[],
): void {
  if (!errors.check(isObject(gauge), path, `${show(gauge)} is not a gauge; use { usual: [low, high] }`)) return;
  const { usual, during = {}, countdown, load, waitsFor } = gauge as Readonly<Record<string, unknown>>;
  errors.onlyKeys(gauge as object, path, ['usual', 'during', 'countdown', 'load', 'waitsFor']);
  for (const [key, value] of Object.entries({ countdown, load })) {
    const isTrue = value === undefined || value === true;
    errors.check(isTrue, `${path}.${key}`, `${show(value)} is invalid; use true or leave it out`);
  }
  errors.check(!(countdown && load), `${path}.load`, 'given together with countdown; leave one of them out');
  checkWaitsFor(errors, waitsFor, `${path}.waitsFor`, awaitable);
  checkRange(errors, usual, `${path}.usual`, own);
  const ranges = errors.entries(during, `${path}.during`);
  // It falls by one each day, whatever happens.
  const contradicts = countdown === true && ranges.length > 0;
  errors.check(!contradicts, `${path}.during`, 'given together with countdown; leave one of them out');
  for (const [fault, range] of ranges) {
    const known = own.lasting.length > 0 ? `; use ${own.lasting.join(', ')}` : '';
    errors.check(
      own.lasting.includes(fault),
      `${path}.during.${fault}`,
      `is not a lasting fault of the service${known}`,
    );
    checkRange(errors, range, `${path}.during.${fault}`, own);
  }
}

/** @param awaitable gauges that wait for no other themselves */
function checkWaitsFor(errors: ValidationErrors, name: unknown, path: string, awaitable: readonly string[]): void {
  if (name === undefined) return;
  const advice = awaitable.length > 0 ? `use ${awaitable.join(', ')}` : 'leave it out';
  const text = `${show(name)} is not a gauge of the service that waits for no other; ${advice}`;
  errors.check(awaitable.includes(name as string), path, text);
}

function checkRange(errors: ValidationErrors, range: unknown, path: string, { constants }: OwnNames): void {
  const [low, high] = (Array.isArray(range) && range.length === 2 ? range : []).map((bound: unknown) => {
    if (typeof bound === 'string') return wholeNumbersOf(constants.get(bound));
    return wholeNumbersOf(typeof bound === 'number' ? { kind: 'constant', value: bound } : undefined);
  });
  const advice = 'use [low, high], each a whole number from 0 or the name of a constant that is one';
  if (!errors.check(low !== undefined && high !== undefined, path, `${show(range)} is invalid; ${advice}`)) return;
  // One constant as both bounds is the same number.
  const [first, second] = range as readonly unknown[];
  const isAscending = first === second || (low as [number, number])[1] <= (high as [number, number])[0];
  errors.check(isAscending, path, `${show(range)} is invalid; the first must never be above the second`);
}
