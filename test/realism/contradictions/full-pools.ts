import type { LogLine } from '../lines/log-line.ts';
import { type Finding, MAX_EXAMPLES, type Measure } from '../measure.ts';
import { FULL_POOL } from '../words.ts';

/** Readings this far apart, in ms, are of one report after the other. */
const LEAST_MS = 10_000;
const MOST_MS = 120_000;

/** While a pool is used up, the number of those who wait for it moves. */
export class FullPools implements Measure {
  readonly #last = new Map<string, { readonly time: number; readonly waiting: string }>();
  readonly #examples: string[] = [];
  #pairs = 0;
  #same = 0;

  observe({ time, service, requestId, message }: LogLine): void {
    const waiting = requestId === undefined ? FULL_POOL.exec(message)?.groups?.waiting : undefined;
    if (waiting === undefined) return;
    const last = this.#last.get(service);
    if (last && time - last.time < LEAST_MS) return;
    this.#last.set(service, { time, waiting });
    if (!last || time - last.time > MOST_MS) return;
    this.#pairs++;
    if (last.waiting !== waiting) return;
    this.#same++;
    if (this.#examples.length < MAX_EXAMPLES) this.#examples.push(message);
  }

  findings(): readonly Finding[] {
    return [{ id: 'fullPools', figures: this.#pairs > 0 ? [this.#same / this.#pairs] : [], examples: this.#examples }];
  }
}
