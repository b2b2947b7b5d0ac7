import type { TimeRange } from '../../services/rendering/render-plan.ts';
import { UserError } from '../../shared/errors.ts';

/** One of `count` shares of a range. */
export interface Shard {
  /** 1 for the first. */
  readonly index: number;
  readonly count: number;
}

/** The whole, as the one shard of one. */
export const WHOLE: Shard = Object.freeze({ index: 1, count: 1 });

/** Most shards: even a shard of a millisecond is one then, for a month has no more. */
const MAX_SHARDS = 1_000_000;

/**
 * Reads `3/64`; leading zeros are allowed, for shells count so.
 * @throws {UserError} `bad-option`
 */
export function parseShard(text: string): Shard {
  const match = /^(\d{1,9})\/(\d{1,9})$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (count >= 1 && count <= MAX_SHARDS && index >= 1 && index <= count) return Object.freeze({ index, count });
  const range =
    match && count >= 1 && count <= MAX_SHARDS ? `1/${count} to ${count}/${count}` : `I/N with I from 1 to N`;
  const advice = `shards are counted from 1: use ${range}, for example --shard 3/64`;
  throw new UserError('bad-option', `--shard: ${JSON.stringify(text)} is invalid; ${advice}`);
}

/** The shard's share of the range. Shares are equally long, to the millisecond, and put end to end they are the range. */
export function shareOf({ from, to }: TimeRange, { index, count }: Shard): TimeRange {
  // In whole numbers beyond 2^53: 230 years in ms times a million shards.
  const edge = (shard: number) => from + Number((BigInt(to - from) * BigInt(shard)) / BigInt(count));
  return Object.freeze({ from: edge(index - 1), to: edge(index) });
}
