import { DEFAULTS, LIMITS } from '../../shared/defaults.ts';
import type { Ratio, Ratios, ValidRatios } from '../../shared/ratios.ts';
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

/** The option that adds incident types of the user's own. */
export const incidentsOption = {
  incidents: {
    type: 'string',
    describe: 'Module that defines incident types; repeatable',
    example: './outages.js',
    isRepeatable: true,
  },
} as const satisfies Options;

/** Paths of the modules given with `--incidents`. */
export function incidentPaths(args: readonly string[]): readonly string[] {
  return valuesOf('incidents', incidentsOption.incidents, args);
}

/** The option that names a scenario. */
const scenarioOption = {
  scenario: {
    type: 'string',
    describe: 'A planned run: the name of a scenario of the package, or a file of your own',
    example: 'checkout-outage',
  },
} as const satisfies Options;

/** What is said by a scenario instead of the defaults. */
export type WorldDefaults = Partial<Omit<WorldSettings, 'ratios'>> & { readonly ratios?: Ratios };

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
    ...scenarioOption,
    ...incidentsOption,
  };
}

/**
 * The values of `worldOptions` or their defaults, validated and frozen.
 * @param defaults instead of the usual ones
 * @throws {UserError} `bad-ratio`, `bad-option`
 */
export function readWorldSettings(
  services: readonly string[],
  args: ParsedArgs,
  defaults: WorldDefaults = {},
): WorldSettings {
  const { ratios: usual = {}, rate = DEFAULTS.rate, traffic = DEFAULTS.traffic, seed = DEFAULTS.seed } = defaults;
  const ratios = services.map((name) => {
    const ratio = ratioFrom(args, `${name}-ratio`) ?? (usual[name] as Ratio | undefined) ?? DEFAULTS.ratio;
    return [name, ratio] as const;
  });
  return Object.freeze({
    ratios: Object.freeze(Object.fromEntries(ratios)),
    rate: numberFrom(args, 'rate', rate, LIMITS.rate, 'number'),
    traffic: wordFrom(args, 'traffic', traffic, TRAFFIC),
    seed: numberFrom(args, 'seed', seed, LIMITS.seed),
  });
}
