import { MAX_SLOWDOWN } from '../../simulation/durations.ts';
import type { ServiceDefinition, Step, Variant } from '../definition.ts';
import { isObject, show, type ValidationErrors } from './validation-errors.ts';

const MAX_SHARE = 0.2;
const PERSONAL = ['of', 'share', 'hours'];

/** True for a fault that is true of some customers or products, also where part of it is missing. */
export function isPersonal(fault: unknown): boolean {
  return isObject(fault) && PERSONAL.some((key) => Object.hasOwn(fault, key));
}

/**
 * Checks how a cause behaves.
 * @param targets names of the targets of the service
 */
export function checkFault(errors: ValidationErrors, fault: unknown, path: string, targets: readonly string[]): void {
  const isFault = errors.check(
    isObject(fault),
    path,
    `${show(fault)} is not a fault; use { } for one that lasts or { of, share, hours }`,
  );
  if (!isFault) return;
  const keys = fault as Readonly<Record<string, unknown>>;
  if (isPersonal(fault)) checkPersonal(errors, keys, path);
  else checkLasting(errors, keys, path, targets);
}

/** Checks that each fault has a line: a misspelt cause would never be seen. */
export function checkFaultsAreTold(errors: ValidationErrors, definition: ServiceDefinition): void {
  const { steps, background, faults = {} } = definition;
  const lines: readonly Step[] = [...Object.values(steps), background, ...Object.values(background.scheduled ?? {})];
  const told = new Set(lines.flatMap(variantsOf).map(({ cause }) => cause));
  for (const cause of Object.keys(faults)) errors.check(told.has(cause), `faults.${cause}`, 'no line has this cause');
}

function variantsOf({ good, bad, afterFailure = {} }: Step): readonly Variant[] {
  const { good: handled = [], bad: elsewhere = [], dependency = [] } = afterFailure;
  return [...good, ...bad, ...handled, ...elsewhere, ...dependency];
}

function checkLasting(
  errors: ValidationErrors,
  fault: Readonly<Record<string, unknown>>,
  path: string,
  targets: readonly string[],
): void {
  const { weight = 1, target, slowdown = 1 } = fault;
  errors.onlyKeys(fault, path, ['weight', 'target', 'slowdown']);
  numberIn(errors, weight, `${path}.weight`, 0.001, 1000);
  numberIn(errors, slowdown, `${path}.slowdown`, 1, MAX_SLOWDOWN);
  if (target === undefined) return;
  const known = targets.length > 0 ? `; use ${targets.join(' or ')}` : '; the service has none';
  const isTarget = targets.includes(target as string);
  errors.check(isTarget, `${path}.target`, `${show(target)} is not one of the targets${known}`);
}

function checkPersonal(errors: ValidationErrors, fault: Readonly<Record<string, unknown>>, path: string): void {
  const { of, share, hours } = fault;
  errors.onlyKeys(fault, path, PERSONAL);
  errors.check(of === 'user' || of === 'sku', `${path}.of`, `${show(of)} is neither "user" nor "sku"`);
  numberIn(errors, share, `${path}.share`, 0.0001, MAX_SHARE);
  numberIn(errors, hours, `${path}.hours`, 0.25, 1000);
}

function numberIn(errors: ValidationErrors, value: unknown, path: string, low: number, high: number): void {
  const isIn = typeof value === 'number' && value >= low && value <= high;
  errors.check(isIn, path, `${show(value)} is not a number from ${low} to ${high}`);
}
