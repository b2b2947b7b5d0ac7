import {
  coefficientOfVariation,
  fanoFactor,
  increment,
  lag1Autocorrelation,
  Moments,
  mean,
} from '../../tools/statistics.ts';
import type { LogLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';

const MINUTE_MS = 60_000;
const MINUTES_PER_HOUR = 60;

/** When lines come: gaps, minutes, hours. The log consists of whole hours. */
export class Arrivals implements Measure {
  readonly #rate: number;
  readonly #gaps = new Moments();
  readonly #lines = new Map<number, number>();
  readonly #badLines = new Map<number, number>();
  #last: number | undefined;

  /** @param rate lines per second that were asked for */
  constructor(rate: number) {
    this.#rate = rate;
  }

  observe({ time, isBad }: LogLine): void {
    if (this.#last !== undefined) this.#gaps.add(time - this.#last);
    this.#last = time;
    const minute = Math.floor(time / MINUTE_MS);
    increment(this.#lines, minute);
    if (isBad) increment(this.#badLines, minute);
  }

  findings(): readonly Finding[] {
    const minutes = inOrder(this.#lines, this.#lines);
    const bad = inOrder(this.#badLines, this.#lines);
    const due = this.#rate * MINUTES_PER_HOUR * 60;
    const deviations = hoursOf(minutes).map((lines) => Math.abs(lines - due) / due);
    const least = minutes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const most = minutes.reduce((a, b) => Math.max(a, b), 0);
    return [
      { id: 'gaps', figures: [this.#gaps.coefficientOfVariation] },
      { id: 'minutes', figures: [coefficientOfVariation(minutes)] },
      { id: 'minutesInRow', figures: [lag1Autocorrelation(minutes)] },
      { id: 'minuteExtremes', figures: [least / mean(minutes), most / mean(minutes)] },
      { id: 'hours', figures: deviations.length > 0 ? [Math.max(...deviations)] : [] },
      { id: 'badBursts', figures: [fanoFactor(bad)] },
    ];
  }
}

/** The count of each minute from the first to the last of `all`, 0 for those without lines. */
function inOrder(counts: ReadonlyMap<number, number>, all: ReadonlyMap<number, number>): readonly number[] {
  const minutes = [...all.keys()];
  const first = minutes[0] ?? 0;
  const last = minutes.at(-1) ?? -1;
  return Array.from({ length: last - first + 1 }, (_, index) => counts.get(first + index) ?? 0);
}

/** Sums of sixty minutes each. */
function hoursOf(minutes: readonly number[]): readonly number[] {
  return Array.from({ length: Math.floor(minutes.length / MINUTES_PER_HOUR) }, (_, hour) =>
    minutes.slice(hour * MINUTES_PER_HOUR, (hour + 1) * MINUTES_PER_HOUR).reduce((sum, count) => sum + count, 0),
  );
}
