import { deriveKey, seedKey, unit } from './hash.ts';

/** Place of a limit among all of a catalog; -1 for none. */
export type LimitIndex = number;

interface Limit {
  readonly service: string;
  readonly text: string;
  readonly isTimeout: boolean;
  /** Longest usual duration of the stages that have it, in ms. */
  maxMs: number;
}

/** Figures that people write into a configuration, in ms. */
const ROUND_MS = [
  1, 2, 3, 5, 8, 10, 15, 20, 25, 30, 40, 50, 60, 75, 100, 120, 150, 200, 250, 300, 400, 500, 600, 750, 800, 1000, 1200,
  1500, 2000, 2500, 3000, 4000, 5000, 6000, 7500, 8000, 10_000, 12_000, 15_000, 20_000, 30_000, 45_000, 60_000, 90_000,
];

/** Timeouts are mostly shorter. */
const LONG_MS = 10_000;

/**
 * The limits in milliseconds that the texts of a catalog name with `{limit}`: timeouts, which end a step, and budgets,
 * which it only exceeds. Lines of one service with the same text have the same limit.
 */
export class Limits {
  readonly #limits: Limit[] = [];

  /**
   * Adds a limit, or another stage that has it.
   * @param maxMs longest usual duration of the stage, in ms
   */
  add(service: string, text: string, maxMs: number, isTimeout: boolean): LimitIndex {
    const index = this.#limits.findIndex((limit) => limit.service === service && limit.text === text);
    if (index < 0) return this.#limits.push({ service, text, maxMs, isTimeout }) - 1;
    const limit = this.#limits[index] as Limit;
    limit.maxMs = Math.max(limit.maxMs, maxMs);
    return index;
  }

  /** The limits under a seed, in ms. */
  drawFor(seed: number): Int32Array {
    return Int32Array.from(this.#limits, ({ service, text, maxMs, isTimeout }) => {
      const x = unit(deriveKey(seedKey(seed, `limit of ${service}: ${text}`), 0));
      return isTimeout ? timeoutMs(maxMs, x) : budgetMs(maxMs, x);
    });
  }
}

/** Far above what the step usually takes. */
function timeoutMs(maxMs: number, x: number): number {
  const least = Math.max(Math.min(15 * maxMs, LONG_MS), 1.5 * maxMs);
  const first = ROUND_MS.findIndex((figure) => figure >= least);
  // The first one also where the next figure is far away.
  const candidates = ROUND_MS.slice(first, first + 3).filter((figure, place) => {
    return place === 0 || figure <= Math.max(LONG_MS, least * 1.2);
  });
  return candidates[Math.floor(x * candidates.length)] as number;
}

/** Below what the step takes at most when nothing is wrong. */
function budgetMs(maxMs: number, x: number): number {
  return ROUND_MS.findLast((figure) => figure <= maxMs * (0.5 + 0.3 * x)) ?? 1;
}
