import type { World } from '../../shared/world.ts';
import { warpOf } from '../simulation/traffic/world-warp.ts';
import type { RenderPlan, TimeRange } from './render-plan.ts';

/** What one worker renders at a time. */
export interface Slice extends TimeRange {
  /** Most lines. */
  readonly limit?: number;
}

/** Lines in a slice: some 4 MB. */
const DEFAULT_SLICE_LINES = 30_000;

/** Most lines in a slice: some 8 MB, of which every worker may hold a few. */
const MAX_SLICE_LINES = 60_000;

/**
 * A slice starts with a search of the pages whose journeys run into it, as far back as the longest journey, 23 s. So it
 * should be longer than that where memory allows.
 */
const MIN_SLICE_MS = 24_000;

/**
 * Length of a slice in even time (see simulation/traffic/world-warp.ts), in whole ms: so slices have equally many lines. It
 * depends only on the rate, and so do the boundaries of the members of a gzip file.
 * @param rate lines per second of the whole fleet
 */
export function sliceMs(rate: number): number {
  const linesPerMs = rate / 1_000;
  const lines = Math.min(MAX_SLICE_LINES, Math.max(DEFAULT_SLICE_LINES, MIN_SLICE_MS * linesPerMs));
  return Math.max(1, Math.round(lines / linesPerMs));
}

/** How many slices a range has: at least one, because an empty gzip file has a member too. */
export function sliceCount(range: TimeRange, world: World): number {
  return cut(range, world).count;
}

/** The slices of a plan, in order and without gaps. */
export function* slicesOf({
  range,
  world,
  lastLimit,
}: Pick<RenderPlan, 'range' | 'world' | 'lastLimit'>): Generator<Slice> {
  const { count, startOf } = cut(range, world);
  for (let index = 0; index < count - 1; index++) yield { from: startOf(index), to: startOf(index + 1) };
  const last = { from: startOf(count - 1), to: range.to };
  yield lastLimit === undefined ? last : { ...last, limit: lastLimit };
}

/** The last slice of a range. */
export function lastSlice(range: TimeRange, world: World): TimeRange {
  const { count, startOf } = cut(range, world);
  return { from: startOf(count - 1), to: range.to };
}

/** How many slices a range has, and when the slice of an index begins, in whole ms since the epoch. */
function cut(
  { from, to }: TimeRange,
  world: World,
): { readonly count: number; readonly startOf: (index: number) => number } {
  const warp = warpOf(world);
  const first = warp.toEven(from);
  const length = sliceMs(world.rate);
  return {
    count: Math.max(1, Math.ceil((warp.toEven(to) - first) / length)),
    startOf: (index) => {
      if (index === 0) return from;
      return Math.min(to, Math.max(from, Math.ceil(warp.toTime(first + index * length))));
    },
  };
}
