/** Validation of how an incident is started: the same for commands, functions and requests. */

import { LIMITS } from './defaults.ts';
import { UserError } from './errors.ts';
import { formatValue } from './format-value.ts';
import type { IncidentRequest } from './incident-api.ts';
import { isPlainObject } from './is-plain-object.ts';
import { suggest } from './suggest.ts';

const EXAMPLE = '{"type": "payment-provider-down", "for": 600000}';
const DAY_MS = 86_400_000;
const ID = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** What to use instead of a value that is no id of an incident. */
export const ID_ADVICE = 'use up to 64 letters, digits, dots, hyphens and underscores, for example checkout-outage';

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '';
const isFlag = (value: unknown) => typeof value === 'boolean';

/** What is checked of each field here. Whether there is such a type and target is known to the catalogue only. */
const CHECKS: Readonly<Record<keyof IncidentRequest, (option: string, value: unknown) => unknown>> = {
  type: (option, value) => check(isText(value), option, value, `use the name of an incident type, as in ${EXAMPLE}`),
  id: checkIncidentId,
  target: (option, value) => check(isText(value), option, value, 'use the name of an instance or a service'),
  for: checkIncidentLength,
  severity: checkSeverity,
  atOnce: checkFlag,
  announced: checkFlag,
  redHerrings: checkFlag,
};

/**
 * Validates a request of any form.
 * @throws {UserError} `bad-request` when it is no object, `bad-option` for the first field that is wrong
 */
export function checkIncidentRequest(value: unknown): IncidentRequest {
  if (!isPlainObject(value)) {
    throw new UserError('bad-request', `${formatValue(value)} is no incident; use an object such as ${EXAMPLE}`);
  }
  const known = Object.keys(CHECKS) as (keyof IncidentRequest)[];
  const unknown = Object.keys(value).find((key) => !Object.hasOwn(CHECKS, key));
  if (unknown !== undefined) {
    const guess = suggest(unknown, known);
    const hint = guess === undefined ? `use ${known.join(', ')}` : `did you mean ${guess}?`;
    throw new UserError('bad-option', `${unknown}: no such field of an incident; ${hint}`);
  }
  for (const key of known) if (key === 'type' || value[key] !== undefined) CHECKS[key](key, value[key]);
  return value as unknown as IncidentRequest;
}

/**
 * Validates how long a fault lasts, in ms.
 * @param option its name in the message
 * @param shown what the message shows instead of the value
 * @throws {UserError} `bad-option`
 */
export function checkIncidentLength(option: string, value: unknown, shown: unknown = value): number {
  const { min, max } = LIMITS.incidentMs;
  const isTyped = option.startsWith('--');
  const range = isTyped
    ? `${min / 1000}s to ${max / DAY_MS}d, for example ${option} 10m`
    : `${min} to ${max} ms, which is ${min / 1000} seconds to ${max / DAY_MS} days, for example ${option}: 600000`;
  check(Number.isInteger(value) && isWithin(value as number, LIMITS.incidentMs), option, shown, `use ${range}`);
  return value as number;
}

/**
 * Validates a severity.
 * @param option its name in the message
 * @param shown what the message shows instead of the value
 * @throws {UserError} `bad-option`
 */
export function checkSeverity(option: string, value: unknown, shown: unknown = value): number {
  const { min, max } = LIMITS.severity;
  const example = `${option}${option.startsWith('--') ? ' ' : ': '}0.5`;
  const isValid = typeof value === 'number' && isWithin(value, LIMITS.severity);
  check(isValid, option, shown, `use a number from ${min} to ${max}, for example ${example}`);
  return value as number;
}

/** Whether a value can be the id of an incident. */
export function isIncidentId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/**
 * Validates the id of an incident.
 * @param option its name in the message
 * @throws {UserError} `bad-option`
 */
export function checkIncidentId(option: string, value: unknown): string {
  check(isIncidentId(value), option, value, ID_ADVICE);
  return value as string;
}

function checkFlag(option: string, value: unknown): void {
  check(isFlag(value), option, value, 'use true or false');
}

function check(isValid: boolean, option: string, value: unknown, advice: string): void {
  if (!isValid) throw new UserError('bad-option', `${option}: ${formatValue(value)} is invalid; ${advice}`);
}

function isWithin(value: number, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return value >= min && value <= max;
}
