import type { History } from '../../../../shared/page-api.ts';
import { sumCounts } from './counts.ts';

/** Lines a second over time, for a chart: null where nothing is known. */
export interface Series {
  /** Begin of each step, in seconds since the Unix epoch. */
  readonly times: readonly number[];
  readonly good: readonly (number | null)[];
  readonly warning: readonly (number | null)[];
  readonly error: readonly (number | null)[];
}

export interface Range {
  /** In ms since the Unix epoch. */
  readonly from: number;
  readonly to: number;
}

/** Steps that a chart of this length has, in ms: some two hundred, of whole seconds that divide a minute. */
export function stepOf({ from, to }: Range): number {
  const wanted = (to - from) / 200;
  return [1_000, 2_000, 5_000, 10_000].find((step) => step >= wanted) ?? 15_000;
}

/**
 * The lines a second of one service, or of all, averaged over steps that begin at multiples of their length, so that they
 * stay the same while time goes on.
 * @param since nothing is known from before: the begin of the run or of the history
 * @param now the last step is averaged over the part of it that has passed
 */
export function buildSeries(
  history: History,
  service: string | null,
  range: Range,
  { since, now }: { readonly since: number; readonly now: number },
): Series {
  const step = stepOf(range);
  const first = Math.floor(range.from / step) * step;
  const times: number[] = [];
  const series: [(number | null)[], (number | null)[], (number | null)[]] = [[], [], []];
  const last = Math.min(range.to, Math.floor(now / 1000) * 1000);
  for (let at = first; at < last; at += step) {
    times.push(at / 1000);
    const begin = Math.max(at, since);
    const end = Math.min(at + step, last);
    const seconds = (end - begin) / 1000;
    const counts = seconds > 0 ? sumCounts(history, service, begin, end) : null;
    for (const [index, values] of series.entries()) values.push(counts ? (counts[index] as number) / seconds : null);
  }
  const [good, warning, error] = series;
  return { times, good, warning, error };
}

/** The same, each on top of the ones below it: errors, then warnings, then the good lines. */
export function stack({ times, good, warning, error }: Series): Series {
  const add = (above: readonly (number | null)[], below: readonly (number | null)[]) =>
    above.map((value, index) => (value === null ? null : value + (below[index] ?? 0)));
  const bad = add(warning, error);
  return { times, error, warning: bad, good: add(good, bad) };
}
