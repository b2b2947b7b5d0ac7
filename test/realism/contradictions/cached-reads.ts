import { mean } from '../../tools/statistics.ts';
import type { LogLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';
import { CACHED_READ, HIT_RATIO } from '../words.ts';
import { Tally } from './tally.ts';

/** What was read stays in a cache for so long at least; a read that took longer may have begun before the other. */
const KEPT_MS = 60_000;
const READING_MS = 2_000;

/** What has been read lately comes from the cache, and the ratio that the service states is that of its reads. */
export class CachedReads implements Measure {
  readonly #missed = new Tally('missedReads');
  readonly #lastReads = new Map<string, number>();
  readonly #stated: number[] = [];
  #hits = 0;
  #reads = 0;

  observe({ time, message }: LogLine): void {
    const ratio = HIT_RATIO.exec(message)?.[1];
    if (ratio !== undefined) this.#stated.push(Number(ratio));
    const { what, result } = CACHED_READ.exec(message)?.groups ?? {};
    if (what === undefined) return;
    const sinceMs = time - (this.#lastReads.get(what) ?? Number.NEGATIVE_INFINITY);
    this.#lastReads.set(what, time);
    this.#reads++;
    if (result === 'hit') this.#hits++;
    if (sinceMs > KEPT_MS || sinceMs < READING_MS) return;
    this.#missed.case();
    if (result !== 'hit') this.#missed.contradiction(`${message} (read ${sinceMs} ms before)`);
  }

  findings(): readonly Finding[] {
    const isKnown = this.#reads > 0 && this.#stated.length > 0;
    const difference = Math.abs(mean(this.#stated) / 100 - this.#hits / this.#reads);
    return [this.#missed.finding(), { id: 'hitRatio', figures: isKnown ? [difference] : [] }];
  }
}
