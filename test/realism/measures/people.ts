import { increment } from '../../tools/statistics.ts';
import type { LogLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';
import { BASKET, CHECKOUT_ROUTE, SESSION } from '../words.ts';

const ORDER_NUMBER = /^ord_(\d+)$/;
const TOP_SHARE = 0.01;

/** Whether customers come more than once: sessions, baskets, order ids, frequent customers, second attempts. */
export class People implements Measure {
  readonly #sessions = new Visits();
  readonly #baskets = new Visits();
  readonly #requests = new Set<string>();
  readonly #requestsByUser = new Map<string, number>();
  readonly #checkouts = new Set<string>();
  readonly #ordering = new Set<string>();
  /** Sessions whose last checkout was refused. */
  readonly #refused = new Set<string>();
  #refusals = 0;
  #triedAgain = 0;
  /** The request in which each order is first named, in order of time. */
  readonly #firstNamed = new Map<string, string>();

  observe({ message, requestId, user, order, http }: LogLine): void {
    if (requestId === undefined) return;
    if (message.includes('ses_')) this.#sessions.add(SESSION.exec(message)?.[0], requestId);
    if (message.includes('bsk_')) this.#baskets.add(BASKET.exec(message)?.[0], requestId);
    if (user !== undefined && !this.#requests.has(requestId)) {
      this.#requests.add(requestId);
      increment(this.#requestsByUser, user);
    }
    if (http?.method === 'POST' && CHECKOUT_ROUTE.test(http.route)) {
      this.#checkouts.add(requestId);
      const session = SESSION.exec(message)?.[0];
      if (session !== undefined && http.status !== undefined) this.#order(session, http.status >= 400);
    }
    if (order !== undefined && !this.#firstNamed.has(order)) this.#firstNamed.set(order, requestId);
  }

  findings(): readonly Finding[] {
    return [
      { id: 'sessions', figures: [this.#sessions.sharedShare] },
      { id: 'baskets', figures: [this.#baskets.sharedShare] },
      { id: 'orderIds', figures: [this.#ascendingShare()] },
      { id: 'visitsThatOrder', figures: [this.#ordering.size / this.#sessions.size] },
      { id: 'triedAgain', figures: [this.#triedAgain / this.#refusals] },
      { id: 'topCustomers', figures: [this.#topShare()] },
    ];
  }

  #order(session: string, isRefused: boolean): void {
    this.#ordering.add(session);
    if (this.#refused.delete(session)) this.#triedAgain++;
    if (!isRefused) return;
    this.#refused.add(session);
    this.#refusals++;
  }

  /** Of the orders placed by a checkout in this log; those that other requests name first are older. */
  #ascendingShare(): number {
    let greatest = Number.NEGATIVE_INFINITY;
    let placed = 0;
    let ascending = 0;
    for (const [order, requestId] of this.#firstNamed) {
      if (!this.#checkouts.has(requestId)) continue;
      const number = Number(ORDER_NUMBER.exec(order)?.[1]);
      if (placed++ > 0 && number > greatest) ascending++;
      if (!(number <= greatest)) greatest = number;
    }
    return ascending / (placed - 1);
  }

  #topShare(): number {
    const counts = [...this.#requestsByUser.values()].sort((a, b) => b - a);
    const top = counts.slice(0, Math.ceil(counts.length * TOP_SHARE));
    return top.reduce((sum, count) => sum + count, 0) / this.#requests.size;
  }
}

/** Which ids occur in more than one request. */
class Visits {
  readonly #first = new Map<string, string>();
  readonly #shared = new Set<string>();

  add(id: string | undefined, requestId: string): void {
    if (id === undefined) return;
    const first = this.#first.get(id);
    if (first === undefined) this.#first.set(id, requestId);
    else if (first !== requestId) this.#shared.add(id);
  }

  get size(): number {
    return this.#first.size;
  }

  get sharedShare(): number {
    return this.#shared.size / this.#first.size;
  }
}
