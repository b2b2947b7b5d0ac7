import type { LogLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';
import * as words from '../words.ts';
import { ExpiringMap } from './expiring-map.ts';
import { Tally } from './tally.ts';

/** A request that has not written for so long has ended, in ms. */
const REQUEST_ENDS_MS = 60_000;
/** Least status that refuses what was asked for. */
const REFUSED = 400;

/** What a request names. */
interface Request {
  order?: string | undefined;
  basket?: string | undefined;
}

/** What customers asked for in vain: later requests do not use it as if they had it. */
export class Refusals implements Measure {
  readonly #orders = new Tally('refusedOrder');
  readonly #sessions = new Tally('refusedSession');
  readonly #baskets = new Tally('refusedBasket');
  readonly #requests = new ExpiringMap<string, Request>(REQUEST_ENDS_MS);
  /** The last answer to a checkout of each order. */
  readonly #checkouts = new Map<string, LogLine>();
  readonly #refusedSessions = new Set<string>();
  /** Those into which something was put, or nothing although somebody tried. */
  readonly #filled = new Set<string>();
  readonly #unfilled = new Set<string>();

  observe(line: LogLine): void {
    const { http, message } = line;
    const request = this.#requestOf(line);
    if (http?.status === undefined) return;
    const isRefused = http.status >= REFUSED;
    const session = words.SESSION.exec(message)?.[0];
    if (http.method === 'POST' && words.SIGN_IN_ROUTE.test(http.route)) {
      this.#sessions.case();
      if (isRefused && session !== undefined) this.#refusedSessions.add(session);
    } else if (session !== undefined && this.#refusedSessions.has(session)) {
      this.#sessions.contradiction(`${session} not created, yet: ${message}`);
    }
    const basket = words.BASKET.exec(message)?.[0];
    if (http.method === 'POST' && basket !== undefined && words.BASKET_ROUTE.test(http.route)) {
      (isRefused ? this.#unfilled : this.#filled).add(basket);
    }
    if (http.method === 'POST' && words.CHECKOUT_ROUTE.test(http.route)) this.#checkOut(line, request, isRefused);
    if (http.method === 'GET' && words.ORDER_ROUTE.test(http.route) && !isRefused) this.#lookUp(line);
  }

  findings(): readonly Finding[] {
    return [this.#orders.finding(), this.#sessions.finding(), this.#baskets.finding()];
  }

  /** What is known of the request that a line belongs to. */
  #requestOf({ requestId, time, order, message }: LogLine): Request {
    if (requestId === undefined) return {};
    const request = this.#requests.get(requestId, time) ?? {};
    request.order ??= order;
    if (message.includes('bsk_')) request.basket ??= words.BASKET.exec(message)?.[0];
    this.#requests.set(requestId, request, time);
    return request;
  }

  #checkOut(line: LogLine, { order, basket }: Request, isRefused: boolean): void {
    if (order !== undefined) this.#checkouts.set(order, line);
    if (isRefused || basket === undefined) return;
    const isUnfilled = this.#unfilled.has(basket) && !this.#filled.has(basket);
    if (isUnfilled || this.#filled.has(basket)) this.#baskets.case();
    if (isUnfilled) this.#baskets.contradiction(`nothing in ${basket}, yet: ${line.message}`);
  }

  #lookUp({ order, message }: LogLine): void {
    const checkout = order === undefined ? undefined : this.#checkouts.get(order);
    if (!checkout) return;
    this.#orders.case();
    if ((checkout.http?.status as number) >= REFUSED)
      this.#orders.contradiction(`${checkout.message} … then: ${message}`);
  }
}
