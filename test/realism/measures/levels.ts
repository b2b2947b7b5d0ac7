import { LEVELS, type Level } from '../../../shared/record.ts';
import type { LogLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';

/** How often each level occurs. */
export class Levels implements Measure {
  readonly #counts: Record<Level, number> = { DEBUG: 0, INFO: 0, WARNING: 0, ERROR: 0 };

  observe({ level }: LogLine): void {
    this.#counts[level]++;
  }

  findings(): readonly Finding[] {
    const counts = Object.values(LEVELS).map((level) => this.#counts[level]);
    const lines = counts.reduce((sum, count) => sum + count);
    return [
      { id: 'levels', figures: counts.map((count) => count / lines) },
      { id: 'warnings', figures: [this.#counts.WARNING / this.#counts.ERROR] },
    ];
  }
}
