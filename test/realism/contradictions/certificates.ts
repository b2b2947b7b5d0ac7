import type { LogLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';
import * as words from '../words.ts';
import { Tally } from './tally.ts';

const DAY_MS = 86_400_000;
/** A certificate that is renewed is valid for more days than before, and by no less than these. */
const MIN_RENEWAL_DAYS = 5;

interface Countdown {
  /** First reading since the certificate was new or renewed. */
  readonly start: { readonly time: number; readonly days: number };
  days: number;
}

/** The days that a certificate is still valid count down by one a day, until it is renewed. */
export class Certificates implements Measure {
  readonly #tally = new Tally('certificates');
  readonly #countdowns = new Map<string, Countdown>();

  observe({ time, service, template, message }: LogLine): void {
    const match = message.includes('ertificate') ? words.CERTIFICATE_DAYS.exec(message) : null;
    if (!match) return;
    this.#tally.case();
    const days = Number(match[1]);
    const key = `${service}: ${template}`;
    const known = this.#countdowns.get(key);
    if (!known || days >= known.days + MIN_RENEWAL_DAYS) {
      this.#countdowns.set(key, { start: { time, days }, days });
      return;
    }
    const elapsed = (time - known.start.time) / DAY_MS;
    const passed = known.start.days - days;
    if (days > known.days || passed < Math.floor(elapsed) || passed > Math.ceil(elapsed)) {
      this.#tally.contradiction(`${message} (before: ${known.days} days)`);
    }
    known.days = days;
  }

  findings(): readonly Finding[] {
    return [this.#tally.finding()];
  }
}
