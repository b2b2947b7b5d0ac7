import { availableParallelism } from 'node:os';
import type { TimeRange } from '../../services/rendering/render-plan.ts';
import { LIMITS } from '../../shared/defaults.ts';
import { UserError } from '../../shared/errors.ts';
import type { World } from '../../shared/world.ts';
import { type Options, stringOption } from '../cli/arguments.ts';
import { numberFrom, readWorldOptions, serviceOption, worldOptions } from '../cli/start-options.ts';
import { parseShard, type Shard, WHOLE } from './shard.ts';
import { dependsOnClock, parseInstant } from './times.ts';

/** stdout as an output. */
export const STDOUT_NAME = '-';

/** The other name of stdout. It cannot always be opened: not when it is a socket. */
const STDOUT_DEVICE = '/dev/stdout';

/** What the user asked for, checked. */
export interface BackfillSettings {
  readonly world: World;
  /** Where it ends: before an instant (ms since the epoch), or after so many lines. */
  readonly range: TimeRange | { readonly from: number; readonly lines: number };
  readonly shard: Shard;
  /** Path as typed, or `-` for stdout. */
  readonly output: string;
  readonly gzip: boolean;
  /** Overwrite what is there. */
  readonly force: boolean;
  readonly json: boolean;
  /** Threads that render. */
  readonly workers: number;
}

/** The options of `backfill` for these services. */
export function backfillOptions(services: readonly string[]): Options {
  return {
    from: {
      type: 'string',
      describe: 'First instant: 2026-11-01T00:00:00Z, 2026-11-01, now, or -7d, -24h, -90m, -30s',
    },
    to: { type: 'string', describe: 'Instant before which it ends, of the same forms [default: now]' },
    lines: { type: 'string', describe: 'Ends after so many lines, instead of --to' },
    output: { type: 'string', describe: 'File to write; - for stdout; compressed when its name ends in .gz' },
    force: { type: 'boolean', describe: 'Overwrite the output if it exists' },
    shard: { type: 'string', describe: 'One share of the range, counted from 1: 3/64 is the third of 64' },
    workers: { type: 'string', describe: `Threads that render [default: all ${availableParallelism()} cores]` },
    json: { type: 'boolean', describe: 'Print a summary as JSON, on stderr when the output is stdout' },
    ...worldOptions(services),
    ...serviceOption,
  };
}

/**
 * What was typed, with the defaults for what was not, checked and frozen.
 * @param now ms since the epoch: what `now` and times relative to it mean
 * @throws {UserError} `bad-ratio`, `bad-option`
 */
export function readBackfillOptions(
  services: readonly string[],
  values: Readonly<Record<string, unknown>>,
  now: number,
): BackfillSettings {
  const { ratios, rate, seed } = readWorldOptions(services, values);
  const shardText = stringOption('--shard', values.shard, '3/64');
  const shard = shardText === undefined ? WHOLE : parseShard(shardText);
  const range = readRange(values, now, shardText !== undefined);
  const output = requiredOption('--output', values.output, 'november.log', 'a file to write, or - for stdout');
  return Object.freeze({
    world: Object.freeze({ seed, rate, timeline: [{ at: range.from, ratios, down: [] }] as const }),
    range,
    shard,
    output: output === STDOUT_DEVICE ? STDOUT_NAME : output,
    gzip: output.endsWith('.gz'),
    force: values.force === true,
    json: values.json === true,
    workers: numberFrom('--workers', values.workers, availableParallelism(), {
      ...LIMITS.workers,
      kind: 'a whole number',
    }),
  });
}

function readRange(values: Readonly<Record<string, unknown>>, now: number, isShard: boolean) {
  const fromText = requiredOption('--from', values.from, '-7d', 'the instant at which the log begins');
  const toText = stringOption('--to', values.to, 'now');
  const linesText = stringOption('--lines', values.lines, '1000000');
  if (toText !== undefined && linesText !== undefined) {
    throw new UserError('bad-option', '--lines: --to is given too; the end is one or the other, leave one of them out');
  }
  const from = parseInstant('--from', fromText, now);
  if (isShard) checkSameForAll('--from', fromText, from);
  if (linesText !== undefined) {
    const lines = numberFrom('--lines', linesText, 1_000_000, { ...LIMITS.lines, kind: 'a whole number' });
    return Object.freeze({ from, lines });
  }
  const to = parseInstant('--to', toText ?? 'now', now);
  if (isShard) checkSameForAll('--to', toText ?? 'now', to);
  if (to > from) return Object.freeze({ from, to });
  const start = `--from is ${new Date(from).toISOString()}`;
  const advice = toText === undefined ? `it is now unless you pass --to` : `use a later --to or an earlier --from`;
  const end = toText === undefined ? new Date(to).toISOString() : JSON.stringify(toText);
  throw new UserError(
    'bad-option',
    `--to: ${end} is invalid; the end must be after the start, and ${start}; ${advice}`,
  );
}

function requiredOption(option: string, value: unknown, example: string, what: string): string {
  const text = stringOption(option, value, example);
  if (text !== undefined) return text;
  throw new UserError('bad-option', `${option}: missing; pass ${what}, for example ${option} ${example}`);
}

/** Shards that are started a second apart would not meet. */
function checkSameForAll(option: string, text: string, time: number): void {
  if (!dependsOnClock(text)) return;
  const advice = `with --shard use the same instant for all, for example ${option} ${new Date(time).toISOString()}`;
  throw new UserError('bad-option', `${option}: ${JSON.stringify(text)} is another instant for every shard; ${advice}`);
}
