import type { TimeRange } from '../../services/rendering/render-plan.ts';
import { invalidValue } from '../cli/option-values.ts';

/** One of `count` shares of a range. */
export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

/** The whole range as the only shard. */
export const WHOLE: Shard = Object.freeze({ index: 1, count: 1 });

/** A month in that many shards has 2.6 s in each. */
const MAX_SHARDS = 1_000_000;

/**
 * Parses `3/64`. Leading zeros are allowed, because shells write them to align numbers.
 * @throws {UserError} `bad-option`
 */
export function parseShard(text: string): Shard {
  const [, index, count] = (/^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? []).map(Number) as [unknown, number?, number?];
  const isCount = count !== undefined && count >= 1 && count <= MAX_SHARDS;
  if (isCount && index !== undefined && index >= 1 && index <= count) return Object.freeze({ index, count });
  const range = isCount ? `1/${count} to ${count}/${count}` : 'I/N with I from 1 to N';
  throw invalidValue('--shard', text, `shards are counted from 1: use ${range}, for example --shard 3/64`);
}

/** The range of one shard. Shards are equally long, to the millisecond, and together make up the whole range. */
export function shareOf({ from, to }: TimeRange, { index, count }: Shard): TimeRange {
  // BigInt, because 230 years in ms times a million shards is more than 2^53.
  const edge = (shard: number) => from + Number((BigInt(to - from) * BigInt(shard)) / BigInt(count));
  return Object.freeze({ from: edge(index - 1), to: edge(index) });
}
