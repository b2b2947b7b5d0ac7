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

/**
 * A circuit breaker opens after failures of what it protects, told by the same service, and changes from the state to which
 * it has changed before.
 */
export class Breakers implements Measure {
  readonly #tally = new Tally('breakerWithoutFailures');
  readonly #changes = new Tally('breakerStates');
  /** By service and what the breaker protects. */
  readonly #states = new Map<string, string>();
  /** The bad lines of each service in the last minutes. */
  readonly #failures = new Map<string, Failure[]>();

  observe({ time, isBad, service, message }: LogLine): void {
    this.#change(service, message);
    if (says(words.BREAKER_OPENS, message)) this.#open(service, time, message);
    else if (isBad && !says(words.BREAKER_REFUSES, message)) this.#recent(service, time).push({ time, message });
  }

  findings(): readonly Finding[] {
    return [this.#tally.finding(), this.#changes.finding()];
  }

  #change(service: string, message: string): void {
    const { from, to } = words.BREAKER_CHANGE.exec(message)?.groups ?? {};
    if (from === undefined || to === undefined) return;
    const breaker = `${service}: ${words.BREAKER_TARGET.exec(message)?.[1]}`;
    const known = this.#states.get(breaker);
    this.#states.set(breaker, to);
    if (known === undefined) return;
    this.#changes.case();
    if (known !== from) this.#changes.contradiction(`${message} (before: ${known})`);
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
