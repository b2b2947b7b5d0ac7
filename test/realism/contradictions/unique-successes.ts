import type { LogLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';
import { UNIQUE_SUCCESSES } from '../words.ts';
import { Tally } from './tally.ts';

/** An order is placed, captured, committed and refunded once, a delivery is booked once. */
export class UniqueSuccesses implements Measure {
  readonly #tally = new Tally('secondSuccess');
  readonly #done = UNIQUE_SUCCESSES.map(() => new Set<string>());

  observe({ isBad, message }: LogLine): void {
    if (isBad) return;
    for (const [kind, pattern] of UNIQUE_SUCCESSES.entries()) {
      const id = pattern.exec(message)?.[1];
      if (id === undefined) continue;
      const done = this.#done[kind] as Set<string>;
      if (done.has(id)) this.#tally.contradiction(message);
      else this.#tally.case();
      done.add(id);
    }
  }

  findings(): readonly Finding[] {
    return [this.#tally.finding()];
  }
}
