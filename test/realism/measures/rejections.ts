import type { LogLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';

const USUAL = [401, 404];

/** The mistakes of clients, told at good levels; for a log with ratio 0. */
export class Rejections implements Measure {
  readonly #statuses = new Set<number>();
  #responses = 0;
  #rejected = 0;

  observe({ isBad, http }: LogLine): void {
    if (http?.status === undefined) return;
    this.#responses++;
    if (isBad || http.status < 400 || http.status >= 500) return;
    this.#rejected++;
    this.#statuses.add(http.status);
  }

  findings(): readonly Finding[] {
    const statuses = [...this.#statuses].sort((a, b) => a - b).join(', ') || 'none';
    return [
      { id: 'rejections', figures: [this.#rejected / this.#responses], examples: [`statuses seen: ${statuses}`] },
      { id: 'rejectionKinds', figures: [USUAL.filter((status) => this.#statuses.has(status)).length] },
    ];
  }
}
