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
 * A slice starts with a search of the pages whose journeys run into it, as far back as the longest journey, 12 s. So it
 * should be longer than that where memory allows.
 */
const MIN_SLICE_MS = 24_000;

/**
 * Length of a slice, in whole ms. It depends only on the rate, and so do the boundaries of the members of a gzip file.
 * @param rate lines per second of the whole fleet
 */
export function sliceMs(rate: number): number {
  const linesPerMs = rate / 1_000;
  const lines = Math.min(MAX_SLICE_LINES, Math.max(DEFAULT_SLICE_LINES, MIN_SLICE_MS * linesPerMs));
  return Math.max(1, Math.round(lines / linesPerMs));
}

/** How many slices a range has: at least one, because an empty gzip file has a member too. */
export function sliceCount({ from, to }: TimeRange, rate: number): number {
  return Math.max(1, Math.ceil((to - from) / sliceMs(rate)));
}

/** The slices of a plan, in order and without gaps. */
export function* slicesOf({
  range,
  world,
  lastLimit,
}: Pick<RenderPlan, 'range' | 'world' | 'lastLimit'>): Generator<Slice> {
  const length = sliceMs(world.rate);
  const last = lastSlice(range, world.rate);
  for (let { from } = range; from < last.from; from += length) yield { from, to: from + length };
  yield lastLimit === undefined ? last : { ...last, limit: lastLimit };
}

/** The last slice of a range. */
export function lastSlice(range: TimeRange, rate: number): TimeRange {
  return { from: range.from + (sliceCount(range, rate) - 1) * sliceMs(rate), to: range.to };
}
