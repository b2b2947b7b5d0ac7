/** Validation of the arguments of the public functions: callers in JavaScript have no compiler. */

import { DEFAULTS } from './defaults.ts';
import { UserError } from './errors.ts';
import { formatValue } from './format-value.ts';
import { checkRatios, type ValidRatios } from './ratios.ts';

const EXAMPLE = `{ logFile: '${DEFAULTS.logFile}' }`;

/** @throws {UserError} `bad-request`, `bad-ratio` */
export function validateRatios(ratios: unknown): ValidRatios {
  if (!isPlainObject(ratios)) {
    throw new UserError('bad-request', `ratios: ${formatValue(ratios)} is invalid; use an object such as { api: 7 }`);
  }
  return checkRatios(ratios);
}

/**
 * Validates `{ logFile }`. Strict, because a misspelt key would otherwise select the default fleet.
 * @returns the log file, undefined for the default
 * @throws {UserError} `bad-option`
 */
export function validateControlOptions(options: unknown): string | undefined {
  if (!isPlainObject(options)) {
    throw new UserError('bad-option', `options: ${formatValue(options)} is invalid; use an object such as ${EXAMPLE}`);
  }
  const unknown = Object.keys(options).find((key) => key !== 'logFile');
  if (unknown !== undefined) {
    throw new UserError('bad-option', `options: there is no ${formatValue(unknown)}; use ${EXAMPLE}`);
  }
  const { logFile } = options;
  if (logFile === undefined) return undefined;
  if (typeof logFile === 'string' && logFile.trim() !== '') return logFile;
  throw new UserError('bad-option', `logFile: ${formatValue(logFile)} is invalid; use a path, for example ${EXAMPLE}`);
}

/** Excludes lists, maps and promises, which would pass for an object without keys. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
