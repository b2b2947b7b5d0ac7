import type { RenderPlan, TimeRange } from './render-plan.ts';

/** What one worker renders at a time. */
export interface Slice extends TimeRange {
  /** No more lines than that. */
  readonly limit?: number;
}

/** Lines in a slice: some 4 MB. */
const DEFAULT_SLICE_LINES = 30_000;

/** Most lines in a slice: some 8 MB, of which every worker may hold a few. */
const MAX_SLICE_LINES = 60_000;

/**
 * A slice begins with a search of the pages whose journeys run into it, as far back as the longest journey, 12 s. So it
 * is to be longer than that where memory allows.
 */
const MIN_SLICE_MS = 24_000;

/** How long slices are, in whole ms. It depends on nothing but the rate, so that a compressed file's bytes do not either. */
export function sliceMs(rate: number): number {
  const linesPerMs = rate / 1_000;
  const lines = Math.min(MAX_SLICE_LINES, Math.max(DEFAULT_SLICE_LINES, MIN_SLICE_MS * linesPerMs));
  return Math.max(1, Math.round(lines / linesPerMs));
}

/** How many slices there are in a range: one even when it is empty, for an empty gzip file has a member too. */
export function sliceCount({ from, to }: TimeRange, rate: number): number {
  return Math.max(1, Math.ceil((to - from) / sliceMs(rate)));
}

/** The slices of a plan, in order; put end to end they are its range. */
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
