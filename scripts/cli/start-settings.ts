import { isIP } from 'node:net';
import { CONSOLE_FORMS, type ConsoleForm, DEFAULTS, LIMITS } from '../../shared/defaults.ts';
import { UserError } from '../../shared/errors.ts';
import { parseDuration } from '../backfill/times.ts';
import type { Options, ParsedArgs } from './command.ts';
import { logFileFrom } from './log-file-option.ts';
import { invalidValue, numberFrom, orList, wordFrom } from './option-values.ts';
import { formatSize, parseSize } from './size.ts';
import {
  readWorldSettings,
  serviceOption,
  type WorldDefaults,
  type WorldSettings,
  worldOptions,
} from './world-settings.ts';

/** The settings of `start`. */
export interface StartSettings extends WorldSettings {
  /** Absolute path. */
  readonly logFile: string;
  /** Bytes at which the log file is rotated; 0 for never. */
  readonly maxSize: number;
  /** Number of rotated files to keep. */
  readonly keep: number;
  /** Move an existing log file aside first. */
  readonly fresh: boolean;
  /** Form of the lines on a terminal; false for no console. */
  readonly console: ConsoleForm | false;
  /** How much history to write first, in ms; 0 for none. */
  readonly backfillMs: number;
  /** Do not tell in the log what operators do. */
  readonly blind: boolean;
  /** Where to serve the control page; undefined for none. */
  readonly page: PageAddress | undefined;
}

/** Where the control page is served. */
interface PageAddress {
  /** IP address. */
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
}

/**
 * The options of `start`.
 * @param services short names
 */
export function startOptions(services: readonly string[]): Options {
  return {
    ...worldOptions(services),
    'log-file': { type: 'string', describe: 'File to append the lines to', defaultValue: DEFAULTS.logFile },
    'max-size': {
      type: 'string',
      describe: 'Rotate the log file at this size, 0 for never',
      defaultValue: formatSize(DEFAULTS.maxSize),
    },
    keep: { type: 'string', describe: 'Number of rotated files to keep', defaultValue: DEFAULTS.keep },
    backfill: { type: 'string', describe: 'Write this much history first: 24h, 7d, 90m, 30s', example: '24h' },
    fresh: { type: 'boolean', describe: 'Move an existing log file aside first' },
    console: {
      type: 'string',
      describe: `Lines on a terminal: ${orList(CONSOLE_FORMS)}`,
      defaultValue: DEFAULTS.console,
      example: 'short',
    },
    'no-console': { type: 'boolean', describe: 'Write to the log file only' },
    blind: { type: 'boolean', describe: 'Do not tell in the log what operators do' },
    page: {
      type: 'string',
      describe: `Serve a control page, on this port (${DEFAULTS.pagePort} without one, 0 for any), and print its link`,
      impliedValue: DEFAULTS.pagePort,
      example: DEFAULTS.pagePort,
    },
    'page-host': {
      type: 'string',
      describe: 'Address to serve it on; another one can be reached by other machines',
      defaultValue: DEFAULTS.pageHost,
    },
    ...serviceOption,
  };
}

/**
 * The values of `startOptions` or their defaults, validated and frozen.
 * @param defaults what a scenario says instead of the usual ones
 * @throws {UserError} `bad-ratio`, `bad-option`
 */
export function readStartSettings(
  services: readonly string[],
  args: ParsedArgs,
  defaults: WorldDefaults = {},
): StartSettings {
  return Object.freeze({
    ...readWorldSettings(services, args, defaults),
    logFile: logFileFrom(args),
    maxSize: maxSizeFrom(args),
    keep: numberFrom(args, 'keep', DEFAULTS.keep, LIMITS.keep),
    fresh: args.flags.has('fresh'),
    console: consoleFrom(args),
    backfillMs: backfillMsFrom(args),
    blind: args.flags.has('blind'),
    page: pageFrom(args),
  });
}

function maxSizeFrom({ values }: ParsedArgs): number {
  const text = values.get('max-size');
  if (text === undefined) return DEFAULTS.maxSize;
  const { min, max } = LIMITS.maxSize;
  const size = parseSize(text);
  if (size === 0 || (size !== undefined && size >= min && size <= max)) return size;
  const range = `${formatSize(min)} to ${formatSize(max)} or 0 for never`;
  const example = `--max-size ${formatSize(DEFAULTS.maxSize)}`;
  throw invalidValue('--max-size', text, `use a size from ${range}, for example ${example}`);
}

function consoleFrom(args: ParsedArgs): ConsoleForm | false {
  const isOff = args.flags.has('no-console');
  const form = wordFrom(args, 'console', DEFAULTS.console, CONSOLE_FORMS);
  if (!args.values.has('console')) return !isOff && form;
  if (isOff) throw new UserError('bad-option', '--console: --no-console is given too; leave one of them out');
  return form;
}

function backfillMsFrom({ values }: ParsedArgs): number {
  const text = values.get('backfill');
  return text === undefined ? 0 : parseDuration('--backfill', text, Date.now());
}

function pageFrom(args: ParsedArgs): PageAddress | undefined {
  const { values } = args;
  const host = values.get('page-host') ?? DEFAULTS.pageHost;
  if (isIP(host) === 0) {
    throw invalidValue(
      '--page-host',
      host,
      `use an IP address of this machine, for example --page-host 0.0.0.0 for all`,
    );
  }
  if (values.has('page')) return { host, port: numberFrom(args, 'page', DEFAULTS.pagePort, LIMITS.pagePort) };
  if (values.has('page-host'))
    throw new UserError('bad-option', '--page-host: needs --page; add it, or leave this out');
  return undefined;
}
