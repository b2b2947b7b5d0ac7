import { CONSOLE_FORMS, type ConsoleForm, DEFAULTS, LIMITS } from '../../shared/defaults.ts';
import { UserError } from '../../shared/errors.ts';
import type { Ratios } from '../../shared/ratios.ts';
import { parseDuration } from '../backfill/times.ts';
import { type Options, stringOption, valuesOf } from './arguments.ts';
import { logFileFrom } from './log-file-option.ts';
import { ratioFrom } from './numbers.ts';
import { formatSize, parseSize } from './size.ts';

/** The options that say what is written: those of `start` and of `backfill`. */
export function worldOptions(services: readonly string[]): Options {
  const ratioOptions = services.map((name) => {
    const describe = `Bad lines in ten, 0 to 10 in tenths [default: ${DEFAULTS.ratio}]`;
    return [`${name}-ratio`, { type: 'string', describe }] as const;
  });
  return {
    ...Object.fromEntries(ratioOptions),
    rate: { type: 'string', describe: `Lines per second of all services [default: ${DEFAULTS.rate}]` },
    seed: { type: 'string', describe: `Whole number: same seed, same log [default: ${DEFAULTS.seed}]` },
  };
}

/** The option that adds services of the user's own. */
export const serviceOption = {
  service: { type: 'string', array: true, describe: 'Module that defines one more service; repeatable' },
} as const satisfies Options;

/**
 * Paths of the modules given with `--service`: they are read first, for each adds an option.
 * @throws {UserError} `bad-option` when one is empty
 */
export function servicePaths(args: readonly string[]): readonly string[] {
  return valuesOf('service', args).map((path) => stringOption('--service', path, './shipping.js') as string);
}

/** The options of `start` for a fleet of these services. */
export function startOptions(services: readonly string[]): Options {
  return {
    ...worldOptions(services),
    'log-file': { type: 'string', describe: `File to append the lines to [default: ${DEFAULTS.logFile}]` },
    'max-size': {
      type: 'string',
      describe: `Rotate the log file at this size, 0 for never [default: ${formatSize(DEFAULTS.maxSize)}]`,
    },
    keep: { type: 'string', describe: `Rotated files that are kept [default: ${DEFAULTS.keep}]` },
    backfill: { type: 'string', describe: 'Write this much history first: 24h, 7d, 90m, 30s' },
    fresh: { type: 'boolean', describe: 'Move an existing log file aside first' },
    console: {
      type: 'string',
      describe: `Form on a terminal: full or short [default: ${DEFAULTS.console}]`,
    },
    'no-console': { type: 'boolean', describe: 'Write to the log file only' },
    ...serviceOption,
  };
}

/** What decides what is written. */
export interface WorldSettings {
  readonly ratios: Ratios;
  readonly rate: number;
  readonly seed: number;
}

export interface StartSettings extends WorldSettings {
  /** Absolute path. */
  readonly logFile: string;
  /** Bytes at which the log file is rotated; 0 for never. */
  readonly maxSize: number;
  /** Rotated files that are kept. */
  readonly keep: number;
  /** Whether a log file that exists is moved aside first. */
  readonly fresh: boolean;
  /** The form of the lines on a terminal; false for no console. */
  readonly console: ConsoleForm | false;
  /** How long a past is written first, in ms; 0 for none. */
  readonly pastMs: number;
}

/**
 * What was typed of `worldOptions`, with the defaults for what was not, checked.
 * @throws {UserError} `bad-ratio`, `bad-option`
 */
export function readWorldOptions(
  services: readonly string[],
  values: Readonly<Record<string, unknown>>,
): WorldSettings {
  const ratios = services.map((name) => {
    const option = `${name}-ratio`;
    return [name, ratioFrom(`--${option}`, values[option]) ?? DEFAULTS.ratio] as const;
  });
  return Object.freeze({
    ratios: Object.freeze(Object.fromEntries(ratios)),
    rate: numberFrom('--rate', values.rate, DEFAULTS.rate, { ...LIMITS.rate, kind: 'a number' }),
    seed: numberFrom('--seed', values.seed, DEFAULTS.seed, { ...LIMITS.seed, kind: 'a whole number' }),
  });
}

/**
 * The same for all of `startOptions`.
 * @throws {UserError} `bad-ratio`, `bad-option`
 */
export function readStartOptions(
  services: readonly string[],
  values: Readonly<Record<string, unknown>>,
): StartSettings {
  return Object.freeze({
    ...readWorldOptions(services, values),
    logFile: logFileFrom(values),
    maxSize: maxSizeFrom(values['max-size']),
    keep: numberFrom('--keep', values.keep, DEFAULTS.keep, { ...LIMITS.keep, kind: 'a whole number' }),
    fresh: values.fresh === true,
    console: consoleFrom(values),
    pastMs: backfillFrom(values.backfill),
  });
}

function consoleFrom(values: Readonly<Record<string, unknown>>): ConsoleForm | false {
  const text = stringOption('--console', values.console, 'short');
  const isOff = values['no-console'] === true;
  if (text === undefined) return !isOff && DEFAULTS.console;
  const advice = `use ${CONSOLE_FORMS.join(' or ')}, for example --console short`;
  const form = CONSOLE_FORMS.find((candidate) => candidate === text);
  if (!form) throw new UserError('bad-option', `--console: ${JSON.stringify(text)} is invalid; ${advice}`);
  if (isOff) throw new UserError('bad-option', '--console: --no-console is given too; leave one of them out');
  return form;
}

function backfillFrom(value: unknown): number {
  const text = stringOption('--backfill', value, '24h');
  return text === undefined ? 0 : parseDuration('--backfill', text, Date.now());
}

const NUMBER_PATTERNS = { 'a number': /^\d+(\.\d+)?$/, 'a whole number': /^\d+$/ };

interface Range {
  readonly kind: keyof typeof NUMBER_PATTERNS;
  readonly min: number;
  readonly max: number;
}

/**
 * The number typed after an option, or `otherwise` when there is none.
 * @throws {UserError} `bad-option`
 */
export function numberFrom(option: string, value: unknown, otherwise: number, { kind, min, max }: Range): number {
  const text = stringOption(option, value, String(otherwise));
  if (text === undefined) return otherwise;
  const number = NUMBER_PATTERNS[kind].test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  const advice = `use ${kind} from ${min} to ${max}, for example ${option} ${otherwise}`;
  throw new UserError('bad-option', `${option}: ${JSON.stringify(text)} is invalid; ${advice}`);
}

function maxSizeFrom(value: unknown): number {
  const { min, max } = LIMITS.maxSize;
  const example = formatSize(DEFAULTS.maxSize);
  const text = stringOption('--max-size', value, example);
  if (text === undefined) return DEFAULTS.maxSize;
  const size = parseSize(text) ?? Number.NaN;
  if (size === 0 || (size >= min && size <= max)) return size;
  const advice = `use a size from ${formatSize(min)} to ${formatSize(max)} or 0 for never, for example`;
  throw new UserError('bad-option', `--max-size: ${JSON.stringify(text)} is invalid; ${advice} --max-size ${example}`);
}
