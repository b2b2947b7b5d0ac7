import { DEFAULTS, LIMITS } from '../../shared/defaults.ts';
import type { ValidRatios } from '../../shared/ratios.ts';
import { TRAFFIC, type Traffic } from '../../shared/world.ts';
import type { Options, ParsedArgs } from './command.ts';
import { numberFrom, orList, ratioFrom, wordFrom } from './option-values.ts';
import { valuesOf } from './parse-args.ts';

/** What decides which lines are written. */
export interface WorldSettings {
  /** Bad lines in ten, for every service. */
  readonly ratios: ValidRatios;
  /** Lines per second of the whole fleet, on average. */
  readonly rate: number;
  readonly traffic: Traffic;
  readonly seed: number;
}

/** The option that adds services of the user's own. */
export const serviceOption = {
  service: {
    type: 'string',
    describe: 'Module that defines one more service; repeatable',
    example: './shipping.js',
    isRepeatable: true,
  },
} as const satisfies Options;

/**
 * Paths of the modules given with `--service`. They are read before the arguments are parsed, because each module adds
 * an option.
 * @throws {UserError} `bad-option` when a path is missing
 */
export function servicePaths(args: readonly string[]): readonly string[] {
  return valuesOf('service', serviceOption.service, args);
}

/**
 * The options that `start` and `backfill` share.
 * @param services short names
 */
export function worldOptions(services: readonly string[]): Options {
  const describe = 'Bad lines in ten, 0 to 10 in tenths';
  const ratioOption = { type: 'string', describe, defaultValue: DEFAULTS.ratio, example: 2.5 } as const;
  return {
    ...Object.fromEntries(services.map((name) => [`${name}-ratio`, ratioOption])),
    rate: { type: 'string', describe: 'Lines per second of all services', defaultValue: DEFAULTS.rate },
    traffic: {
      type: 'string',
      describe: `How the rate varies around that: ${orList(TRAFFIC)}`,
      defaultValue: DEFAULTS.traffic,
    },
    seed: { type: 'string', describe: 'Whole number: same seed, same log', defaultValue: DEFAULTS.seed },
  };
}

/**
 * The values of `worldOptions` or their defaults, validated and frozen.
 * @throws {UserError} `bad-ratio`, `bad-option`
 */
export function readWorldSettings(services: readonly string[], args: ParsedArgs): WorldSettings {
  const ratios = services.map((name) => [name, ratioFrom(args, `${name}-ratio`) ?? DEFAULTS.ratio] as const);
  return Object.freeze({
    ratios: Object.freeze(Object.fromEntries(ratios)),
    rate: numberFrom(args, 'rate', DEFAULTS.rate, LIMITS.rate, 'number'),
    traffic: wordFrom(args, 'traffic', DEFAULTS.traffic, TRAFFIC),
    seed: numberFrom(args, 'seed', DEFAULTS.seed, LIMITS.seed),
  });
}
