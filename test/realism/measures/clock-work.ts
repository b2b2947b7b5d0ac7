import { coefficientOfVariation, getOrMake, quantile } from '../../tools/statistics.ts';
import type { LogLine } from '../lines/log-line.ts';
import { type Finding, MAX_EXAMPLES } from '../measure.ts';
import { PROBE_ROUTE } from '../words.ts';

/** Fewer gaps may be equal by chance. */
const MIN_GAPS = 10;
const MIN_PERIOD_MS = 5_000;
/** How far a gap may be from a multiple of the period, as a share of the period … */
const TOLERANCE = 0.05;
/** … and the share of the gaps for which this holds. */
const MIN_SHARE = 0.9;
/** A report that is bad has another text, so the same report does not come exactly as often in two logs. */
const MAX_GROWTH = 1.25;

const PROBES = 'health probes';

/** Gaps between the lines of each text that belongs to no request, and between health probes, in one log. */
export class ClockWork {
  readonly #texts = new Map<string, { last: number | undefined; readonly gaps: number[] }>();

  observe({ time, service, template, requestId, http }: LogLine): void {
    if (http && PROBE_ROUTE.test(http.route)) {
      // Only the response: a service may also log the arrival.
      if (http.status !== undefined) this.#add(PROBES, time);
    } else if (requestId === undefined) {
      this.#add(`${service}: ${template}`, time);
    }
  }

  /** How often the text occurs. */
  countOf(text: string): number {
    const known = this.#texts.get(text);
    return known ? known.gaps.length + 1 : 0;
  }

  /** Variation of the gaps between health probes; NaN if there are fewer than two. */
  variationOfProbes(): number {
    return coefficientOfVariation(this.#texts.get(PROBES)?.gaps ?? []);
  }

  /** The texts that come by a clock, now and then one of them missing. */
  periodicTexts(): readonly string[] {
    return [...this.#texts].filter(([, { gaps }]) => isPeriodic(gaps)).map(([text]) => text);
  }

  #add(text: string, time: number): void {
    const known = getOrMake(this.#texts, text, () => ({ last: undefined as number | undefined, gaps: [] as number[] }));
    if (known.last !== undefined) known.gaps.push(time - known.last);
    known.last = time;
  }
}

/** True if nearly all gaps are multiples of one period. */
function isPeriodic(gaps: readonly number[]): boolean {
  const period = quantile(gaps, 0.1);
  if (gaps.length < MIN_GAPS || period < MIN_PERIOD_MS) return false;
  const regular = gaps.filter((gap) => Math.abs(gap / period - Math.round(gap / period)) <= TOLERANCE);
  return regular.length >= MIN_SHARE * gaps.length;
}

/** Whether clock work comes by the clock, and not with traffic: two logs of the same time, one at a higher rate. */
export function compareClockWork(log: ClockWork, busyLog: ClockWork): readonly Finding[] {
  const probes = log.countOf(PROBES);
  const periodic = log.periodicTexts();
  const grown = periodic.filter((text) => busyLog.countOf(text) > MAX_GROWTH * log.countOf(text) + 1);
  const examples = grown.map((text) => `${text} (${log.countOf(text)}, then ${busyLog.countOf(text)} times)`);
  return [
    { id: 'probes', figures: [Math.max(log.variationOfProbes(), busyLog.variationOfProbes())] },
    { id: 'probesAtRate', figures: probes > 0 ? [busyLog.countOf(PROBES) / probes] : [] },
    { id: 'periodic', figures: [grown.length], cases: periodic.length, examples: examples.slice(0, MAX_EXAMPLES) },
  ];
}
