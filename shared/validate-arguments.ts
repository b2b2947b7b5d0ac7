/** What was passed to the functions for code: who writes JavaScript has no compiler to tell. */

import { DEFAULTS } from './defaults.ts';
import { UserError } from './errors.ts';
import { formatValue } from './format-value.ts';
import { checkRatio } from './ratios.ts';

const CHOICE = `{ logFile: '${DEFAULTS.logFile}' }`;

/**
 * @param ratios as passed
 * @throws {UserError} `bad-request`, `bad-ratio`
 */
export function validateRatios(ratios: unknown): void {
  if (!isPlainObject(ratios)) {
    throw new UserError('bad-request', `ratios: ${formatValue(ratios)} is invalid; use an object such as { api: 7 }`);
  }
  for (const [name, ratio] of Object.entries(ratios)) checkRatio(name, ratio);
}

/**
 * Passes the log file of the fleet that is meant: a choice with a fault would otherwise mean the default fleet.
 * @param choice as passed
 * @throws {UserError} `bad-option`
 */
export function validateFleetOptions(choice: unknown): string | undefined {
  if (!isPlainObject(choice)) {
    throw new UserError(
      'bad-option',
      `choice of a fleet: ${formatValue(choice)} is invalid; use an object such as ${CHOICE}`,
    );
  }
  const unknown = Object.keys(choice).find((key) => key !== 'logFile');
  if (unknown !== undefined) {
    throw new UserError('bad-option', `${formatValue(unknown)}: no such key in the choice of a fleet; use ${CHOICE}`);
  }
  const { logFile } = choice;
  if (logFile === undefined) return undefined;
  if (typeof logFile === 'string' && logFile.trim() !== '') return logFile;
  throw new UserError('bad-option', `logFile: ${formatValue(logFile)} is invalid; use a path, for example ${CHOICE}`);
}

/** Not a list, a map or a promise: those would pass for an object without a key. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
