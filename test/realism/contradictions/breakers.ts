import type { LogLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';
import * as words from '../words.ts';
import { says } from '../words.ts';
import { Tally } from './tally.ts';

const LOOK_BACK_MS = 5 * 60_000;
const MIN_FAILURES = 3;

interface Failure {
  readonly time: number;
  readonly message: string;
}

/** A circuit breaker opens after failures of what it protects, told by the same service. */
export class Breakers implements Measure {
  readonly #tally = new Tally('breakerWithoutFailures');
  /** The bad lines of each service in the last minutes. */
  readonly #failures = new Map<string, Failure[]>();

  observe({ time, isBad, service, message }: LogLine): void {
    if (says(words.BREAKER_OPENS, message)) this.#open(service, time, message);
    else if (isBad && !says(words.BREAKER_REFUSES, message)) this.#recent(service, time).push({ time, message });
  }

  findings(): readonly Finding[] {
    return [this.#tally.finding()];
  }

  #open(service: string, time: number, message: string): void {
    const target = words.BREAKER_TARGET.exec(message)?.[1];
    if (target === undefined) return;
    this.#tally.case();
    const failures = this.#recent(service, time).filter((failure) => failure.message.includes(target)).length;
    if (failures < MIN_FAILURES) this.#tally.contradiction(`${message} (${failures} failures in the 5 minutes before)`);
  }

  #recent(service: string, time: number): Failure[] {
    const failures = this.#failures.get(service) ?? [];
    const first = failures.findIndex((failure) => time - failure.time <= LOOK_BACK_MS);
    failures.splice(0, first < 0 ? failures.length : first);
    this.#failures.set(service, failures);
    return failures;
  }
}
