import type { LogLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';
import * as words from '../words.ts';
import { says } from '../words.ts';
import { ExpiringMap } from './expiring-map.ts';
import { Tally } from './tally.ts';

const MINUTE_MS = 60_000;
/** A request that has not written for so long has ended. */
const REQUEST_ENDS_MS = 10 * MINUTE_MS;
const VOIDED_WITHIN_MS = MINUTE_MS;

interface Checkout {
  readonly order: string;
  isCaptured: boolean;
  isUncommitted: boolean;
  isVoided: boolean;
}

/** Money is taken once, is given back when the order fails, and is refunded only if it was taken. */
export class Money implements Measure {
  readonly #notVoided = new Tally('captureNotVoided');
  readonly #second = new Tally('secondCapture');
  readonly #unpaid = new Tally('unpaidRefund');
  readonly #checkouts = new ExpiringMap<string, Checkout>(REQUEST_ENDS_MS);
  /** Failed checkouts whose capture has to be voided, by order. */
  readonly #toVoid = new Map<string, { readonly example: string; readonly until: number }>();
  readonly #captured = new Set<string>();
  readonly #refused = new Set<string>();

  observe(line: LogLine): void {
    this.#expire(line.time);
    const checkout = this.#checkoutOf(line);
    if (checkout) this.#follow(checkout, line);
    const { order, message } = line;
    if (order === undefined) return;
    if (says(words.VOIDED, message)) this.#toVoid.delete(order);
    if (says(words.CAPTURED_AGAIN, message)) {
      this.#second.case();
      if (!this.#captured.has(order)) this.#second.contradiction(message);
    } else if (says(words.CAPTURED, message)) {
      this.#captured.add(order);
      this.#refused.delete(order);
    } else if (says(words.NOT_PAID, message)) {
      if (!this.#captured.has(order)) this.#refused.add(order);
    } else if (!line.isBad && says(words.REFUNDED, message)) {
      if (this.#refused.has(order) || this.#captured.has(order)) this.#unpaid.case();
      if (this.#refused.has(order)) this.#unpaid.contradiction(`${message} (never captured)`);
    }
  }

  findings(): readonly Finding[] {
    return [this.#notVoided.finding(), this.#second.finding(), this.#unpaid.finding()];
  }

  /** What is known of the request, from the first line on that names its order. */
  #checkoutOf({ time, requestId, order }: LogLine): Checkout | undefined {
    if (requestId === undefined) return undefined;
    const known = this.#checkouts.get(requestId, time);
    if (known || order === undefined) return known;
    const checkout = { order, isCaptured: false, isUncommitted: false, isVoided: false };
    this.#checkouts.set(requestId, checkout, time);
    return checkout;
  }

  #follow(checkout: Checkout, { time, level, message, http }: LogLine): void {
    if (says(words.CAPTURED, message)) checkout.isCaptured = true;
    if (checkout.isCaptured && level === 'ERROR' && says(words.NOT_COMMITTED, message)) checkout.isUncommitted = true;
    if (says(words.VOIDED, message)) checkout.isVoided = true;
    if (http?.status === undefined || http.method !== 'POST' || !words.CHECKOUT_ROUTE.test(http.route)) return;
    const { order, isCaptured, isUncommitted, isVoided } = checkout;
    // 499: the client did not wait for the response, which may have been a success.
    if (http.status >= 400 && http.status < 499 && !this.#captured.has(order)) this.#refused.add(order);
    if (http.status < 500 || !isCaptured || !isUncommitted) return;
    this.#notVoided.case();
    if (!isVoided)
      this.#toVoid.set(order, { example: `${order} captured, then: ${message}`, until: time + VOIDED_WITHIN_MS });
  }

  #expire(time: number): void {
    for (const [order, { example, until }] of this.#toVoid) {
      if (time <= until) break;
      this.#notVoided.contradiction(example);
      this.#toVoid.delete(order);
    }
  }
}
