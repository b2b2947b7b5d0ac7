import type { LogLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';
import { KEYED_REQUEST, SIZED_RESPONSE } from '../words.ts';
import { Tally } from './tally.ts';

/** What is asked for twice is as large as before, and a request that is tried again has the key of the first attempt. */
export class Repetitions implements Measure {
  readonly #sizes = new Tally('responseSizes');
  readonly #sizeOf = new Map<string, string>();
  readonly #keys = new Tally('idempotencyKeys');
  readonly #keyOf = new Map<string, string>();

  observe({ message }: LogLine): void {
    compare(this.#sizes, this.#sizeOf, SIZED_RESPONSE.exec(message), message);
    compare(this.#keys, this.#keyOf, KEYED_REQUEST.exec(message), message);
  }

  findings(): readonly Finding[] {
    return [this.#sizes.finding(), this.#keys.finding()];
  }
}

/** A case is something that is told again. */
function compare(tally: Tally, values: Map<string, string>, match: RegExpExecArray | null, message: string): void {
  const { what, value } = match?.groups ?? {};
  if (what === undefined || value === undefined) return;
  const before = values.get(what);
  values.set(what, value);
  if (before === undefined) return;
  tally.case();
  if (before !== value) tally.contradiction(`${message} (before: ${before})`);
}
