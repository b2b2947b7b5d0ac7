import { lag1Autocorrelation, median } from '../../tools/statistics.ts';
import type { LogLine } from '../lines/log-line.ts';
import { type Finding, MAX_EXAMPLES, type Measure } from '../measure.ts';
import { EVENT_SIZE } from '../words.ts';

/** Fewer readings than these are no curve. */
const MIN_READINGS = 200;

/** A number with or without a unit; not one that is part of a name (`mx2`), an address or a date. */
const NUMBER = /(?<![\w.@-])-?\d+(?:\.\d+)?(?=(?:ms|s|min|h|%|[KMG]i?B|B)?(?:[/\s),;:\]]|\.?$|\. ))/g;

interface Series {
  readonly name: string;
  readonly readings: number[];
}

/**
 * Whether what is read again and again moves like a quantity. A gauge is a number in the good lines that belong to no
 * request and have otherwise the same text.
 */
export class Gauges implements Measure {
  readonly #series = new Map<string, Series[]>();

  observe({ isBad, requestId, service, message, http }: LogLine): void {
    if (isBad || requestId !== undefined || http !== undefined) return;
    const matches = [...message.matchAll(NUMBER)];
    if (matches.length === 0) return;
    const text = `${service}: ${message.replace(NUMBER, '#')}`;
    const known = this.#series.get(text);
    const all = known ?? matches.map((match, index) => ({ name: nameOf(text, index, match), readings: [] }));
    if (!known) this.#series.set(text, all);
    for (const [index, { readings }] of all.entries()) readings.push(Number(matches[index]?.[0]));
  }

  findings(): readonly Finding[] {
    const gauges = [...this.#series.values()]
      .flat()
      .filter(({ name, readings }) => name !== '' && readings.length >= MIN_READINGS && isVarying(readings))
      .map(({ name, readings }) => ({ name, autocorrelation: lag1Autocorrelation(readings) }))
      .sort((a, b) => a.autocorrelation - b.autocorrelation);
    const figures = gauges.map(({ autocorrelation }) => autocorrelation);
    const examples = gauges.slice(0, MAX_EXAMPLES).map((gauge) => `${gauge.name}: ${gauge.autocorrelation.toFixed(2)}`);
    return [
      { id: 'gauges', figures: figures.slice(0, 1), examples },
      { id: 'gaugesMedian', figures: [median(figures)] },
      { id: 'gaugesFound', figures: [figures.length] },
    ];
  }
}

/** The text with `<#>` for the number in question; empty for one that is no gauge. */
function nameOf(text: string, index: number, match: RegExpExecArray): string {
  const before = match.input.slice(0, match.index);
  const after = match.input.slice(match.index + match[0].length);
  if (EVENT_SIZE.before.test(before) || EVENT_SIZE.after.test(after)) return '';
  let position = 0;
  return text.replace(/#/g, () => (position++ === index ? '<#>' : '#'));
}

function isVarying(readings: readonly number[]): boolean {
  return readings.some((reading) => reading !== readings[0]);
}
