import { availableParallelism } from 'node:os';
import type { TimeRange } from '../../services/rendering/render-plan.ts';
import { LIMITS } from '../../shared/defaults.ts';
import { UserError } from '../../shared/errors.ts';
import type { World } from '../../shared/world.ts';
import type { Options, ParsedArgs } from '../cli/command.ts';
import { invalidValue, numberFrom } from '../cli/option-values.ts';
import { readWorldSettings, serviceOption, type WorldDefaults, worldOptions } from '../cli/world-settings.ts';
import { parseShard, type Shard, WHOLE } from './shard.ts';
import { dependsOnClock, parseInstant } from './times.ts';

/** stdout as an output. */
export const STDOUT_NAME = '-';

/** The other name of stdout. It cannot always be opened: not when it is a socket. */
const STDOUT_DEVICE = '/dev/stdout';

const EXAMPLE_LINES = 1_000_000;

/** The settings of `backfill`. */
export interface BackfillSettings {
  readonly world: World;
  /** Ends before an instant (ms since the epoch), or after a number of lines. */
  readonly range: TimeRange | { readonly from: number; readonly lines: number };
  readonly shard: Shard;
  /** Path as typed, or `-` for stdout. */
  readonly output: string;
  readonly gzip: boolean;
  /** Overwrite an existing file. */
  readonly force: boolean;
  readonly json: boolean;
  /** Number of threads that render. */
  readonly workers: number;
}

/**
 * The options of `backfill`.
 * @param services short names
 */
export function backfillOptions(services: readonly string[]): Options {
  return {
    from: {
      type: 'string',
      describe: 'First instant: 2026-11-01T00:00:00Z, 2026-11-01, now, or -7d, -24h, -90m, -30s',
      example: '-7d',
    },
    to: { type: 'string', describe: 'Instant before which it ends, in the same forms', defaultValue: 'now' },
    lines: { type: 'string', describe: 'End after this many lines, instead of --to', example: EXAMPLE_LINES },
    output: {
      type: 'string',
      describe: 'File to write; - for stdout; compressed when its name ends in .gz',
      example: 'november.log',
    },
    force: { type: 'boolean', describe: 'Overwrite the output if it exists' },
    shard: { type: 'string', describe: 'Write one share of the range: 3/64 is the third of 64', example: '3/64' },
    workers: {
      type: 'string',
      describe: 'Number of threads that render',
      defaultValue: `all ${availableParallelism()} cores`,
      example: availableParallelism(),
    },
    json: { type: 'boolean', describe: 'Print a summary as JSON, on stderr when the output is stdout' },
    ...worldOptions(services),
    ...serviceOption,
  };
}

/**
 * The values of `backfillOptions` or their defaults, validated and frozen.
 * @param now what `now` means, in ms since the epoch
 * @param scenario says what the defaults are, and how long the log is in ms where it ends by itself
 * @throws {UserError} `bad-ratio`, `bad-option`
 */
export function readBackfillSettings(
  services: readonly string[],
  args: ParsedArgs,
  now: number,
  scenario: WorldDefaults & { readonly lengthMs?: number } = {},
): BackfillSettings {
  const { ratios, rate, traffic, seed } = readWorldSettings(services, args, scenario);
  const shardText = args.values.get('shard');
  const shard = shardText === undefined ? WHOLE : parseShard(shardText);
  const range = readRange(args, now, shardText !== undefined, scenario.lengthMs);
  const output = required(args, 'output', 'a file to write, or - for stdout', 'november.log');
  return Object.freeze({
    world: Object.freeze({ seed, rate, traffic, timeline: [{ at: range.from, ratios, down: [] }] as const }),
    range,
    shard,
    output: output === STDOUT_DEVICE ? STDOUT_NAME : output,
    gzip: output.endsWith('.gz'),
    force: args.flags.has('force'),
    json: args.flags.has('json'),
    workers: numberFrom(args, 'workers', availableParallelism(), LIMITS.workers),
  });
}

function readRange(
  args: ParsedArgs,
  now: number,
  isShard: boolean,
  lengthMs: number | undefined,
): BackfillSettings['range'] {
  const { values } = args;
  const fromText = required(args, 'from', 'the instant at which the log begins', '-7d');
  if (values.has('to') && values.has('lines')) {
    throw new UserError('bad-option', '--lines: --to is given too; leave one of them out');
  }
  const from = parseInstant('--from', fromText, now);
  if (isShard) checkSameForAll('--from', fromText, from);
  if (values.has('lines')) {
    return Object.freeze({ from, lines: numberFrom(args, 'lines', EXAMPLE_LINES, LIMITS.lines) });
  }
  if (lengthMs !== undefined && !values.has('to')) return Object.freeze({ from, to: from + lengthMs });
  const toText = values.get('to') ?? 'now';
  const to = parseInstant('--to', toText, now);
  if (isShard) checkSameForAll('--to', toText, to);
  if (to > from) return Object.freeze({ from, to });
  const start = `the end must be after the start, and --from is ${new Date(from).toISOString()}`;
  if (values.has('to')) throw invalidValue('--to', toText, `${start}; use a later --to or an earlier --from`);
  const end = new Date(to).toISOString();
  throw new UserError('bad-option', `--to: ${end} is invalid; ${start}; it is now unless you pass --to`);
}

function required({ values }: ParsedArgs, name: string, what: string, example: string): string {
  const text = values.get(name);
  if (text !== undefined) return text;
  throw new UserError('bad-option', `--${name}: missing; pass ${what}, for example --${name} ${example}`);
}

/** Shards that start a second apart would not fit together. */
function checkSameForAll(option: string, text: string, time: number): void {
  if (!dependsOnClock(text)) return;
  const advice = `with --shard use the same instant for all, for example ${option} ${new Date(time).toISOString()}`;
  throw new UserError('bad-option', `${option}: ${JSON.stringify(text)} is another instant for every shard; ${advice}`);
}
