/** Validation of the arguments of the public functions: callers in JavaScript have no compiler. */

import { DEFAULTS } from './defaults.ts';
import { UserError } from './errors.ts';
import { formatValue } from './format-value.ts';
import { isPlainObject } from './is-plain-object.ts';
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
  return validLogFile(validKeys(options, ['logFile']));
}

/**
 * Validates `{ logFile, atOnce }`.
 * @throws {UserError} `bad-option`
 */
export function validateStopOptions(options: unknown): {
  readonly logFile: string | undefined;
  readonly atOnce: boolean;
} {
  const valid = validKeys(options, ['logFile', 'atOnce']);
  const { atOnce = false } = valid;
  if (typeof atOnce === 'boolean') return { logFile: validLogFile(valid), atOnce };
  throw new UserError('bad-option', `atOnce: ${formatValue(atOnce)} is invalid; use true or false`);
}

function validKeys(options: unknown, keys: readonly string[]): Readonly<Record<string, unknown>> {
  if (!isPlainObject(options)) {
    throw new UserError('bad-option', `options: ${formatValue(options)} is invalid; use an object such as ${EXAMPLE}`);
  }
  const unknown = Object.keys(options).find((key) => !keys.includes(key));
  if (unknown === undefined) return options;
  throw new UserError('bad-option', `options: there is no ${formatValue(unknown)}; use ${EXAMPLE}`);
}

function validLogFile({ logFile }: Readonly<Record<string, unknown>>): string | undefined {
  if (logFile === undefined) return undefined;
  if (typeof logFile === 'string' && logFile.trim() !== '') return logFile;
  throw new UserError('bad-option', `logFile: ${formatValue(logFile)} is invalid; use a path, for example ${EXAMPLE}`);
}
