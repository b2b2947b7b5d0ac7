import { getOrMake, increment, lag1Autocorrelation, quantile } from '../../tools/statistics.ts';
import type { LogLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';
import { PROBE_ROUTE } from '../words.ts';

/** A route with fewer responses has no tail to speak of. */
const MIN_RESPONSES = 500;
const MINUTE_MS = 60_000;

/** How long responses take: tails of the routes, and whether slow ones come together. */
export class Latency implements Measure {
  readonly #routes = new Map<string, number[]>();
  readonly #sums = new Map<number, number>();
  readonly #counts = new Map<number, number>();

  observe({ time, requestId, http }: LogLine): void {
    // What belongs to no request was refused at the door.
    if (requestId === undefined || http?.status === undefined || http.durationMs === undefined) return;
    if (PROBE_ROUTE.test(http.route)) return;
    getOrMake(this.#routes, `${http.method} ${http.route}`, (): number[] => []).push(http.durationMs);
    const minute = Math.floor(time / MINUTE_MS);
    this.#sums.set(minute, (this.#sums.get(minute) ?? 0) + http.durationMs);
    increment(this.#counts, minute);
  }

  findings(): readonly Finding[] {
    const routes = [...this.#routes]
      .filter(([, durations]) => durations.length >= MIN_RESPONSES)
      .map(([route, durations]) => {
        // A response within a millisecond is told as 0.
        const median = Math.max(0.5, quantile(durations, 0.5));
        return { route, max: quantile(durations, 1) / median, p99: quantile(durations, 0.99) / median };
      })
      .sort((a, b) => a.max - b.max);
    const p99s = routes.map(({ p99 }) => p99);
    const minuteMeans = [...this.#sums].map(([minute, sum]) => sum / (this.#counts.get(minute) as number));
    return [
      {
        id: 'latencyTail',
        figures: routes[0] ? [routes[0].max] : [],
        examples: routes.map(
          ({ route, max, p99 }) => `${route}: max ${max.toFixed(1)}, p99 ${p99.toFixed(1)} times the median`,
        ),
      },
      { id: 'latencyQuantiles', figures: routes.length > 0 ? [Math.min(...p99s), Math.max(...p99s)] : [] },
      { id: 'slowMinutes', figures: [lag1Autocorrelation(minuteMeans)] },
    ];
  }
}
