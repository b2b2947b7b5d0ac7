import type { LogLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';
import * as words from '../words.ts';
import { says } from '../words.ts';
import { ExpiringMap } from './expiring-map.ts';
import { Tally } from './tally.ts';

const MINUTE_MS = 60_000;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;
const SKU = /\bSKU-\w+/;

interface State {
  readonly message: string;
  readonly requestId: string | undefined;
  /** What happened since although the state excludes it. */
  event?: string;
}

/**
 * A state of something that excludes an event while it lasts. It may end, so a contradiction is an event between two
 * requests that tell the state and are not far apart. A case is a request that tells the state; at most one contradiction is
 * counted for it.
 */
class LastingState {
  readonly #states: ExpiringMap<string, State>;
  readonly #tally: Tally;

  constructor(tally: Tally, lastsMs: number) {
    this.#tally = tally;
    this.#states = new ExpiringMap(lastsMs);
  }

  tell(subject: string, { time, message, requestId }: LogLine): void {
    const known = this.#states.get(subject, time);
    // Several services tell the same event.
    if (known && known.requestId !== undefined && known.requestId === requestId) return;
    if (known?.event !== undefined) this.#tally.contradiction(`${known.message} … ${known.event} … ${message}`);
    this.#states.set(subject, { message, requestId }, time);
    this.#tally.case();
  }

  end(subject: string): void {
    this.#states.delete(subject);
  }

  /** The event that the state excludes. */
  exclude(subject: string, { time, message }: LogLine): void {
    const state = this.#states.get(subject, time);
    if (state) state.event ??= message;
  }
}

/** A locked account does not sign in before it is unlocked. */
export class LockedAccounts implements Measure {
  readonly #tally = new Tally('lockedSignIn');
  readonly #locks = new LastingState(this.#tally, 15 * MINUTE_MS);

  observe(line: LogLine): void {
    const { user, message } = line;
    if (user === undefined) return;
    if (says(words.LOCKED, message)) this.#locks.tell(user, line);
    else if (says(words.UNLOCKED, message)) this.#locks.end(user);
    else if (isSignIn(line)) this.#locks.exclude(user, line);
  }

  findings(): readonly Finding[] {
    return [this.#tally.finding()];
  }
}

function isSignIn({ http, message }: LogLine): boolean {
  if (http?.status === 201 && http.method === 'POST' && words.SIGN_IN_ROUTE.test(http.route)) return true;
  return says(words.SIGNED_IN, message);
}

/** A full mailbox accepts no mail. */
export class FullMailboxes implements Measure {
  readonly #tally = new Tally('fullMailbox');
  readonly #full = new LastingState(this.#tally, 30 * MINUTE_MS);

  observe(line: LogLine): void {
    const address = line.message.includes('@') ? MAIL.exec(line.message)?.[0] : undefined;
    if (address === undefined) return;
    if (says(words.MAILBOX_FULL, line.message)) this.#full.tell(address, line);
    else if (!line.isBad && says(words.MAIL_ACCEPTED, line.message)) this.#full.exclude(address, line);
  }

  findings(): readonly Finding[] {
    return [this.#tally.finding()];
  }
}

/** A record that cannot be read is not read. */
export class CorruptRecords implements Measure {
  readonly #tally = new Tally('corruptRecord');
  readonly #corrupt = new LastingState(this.#tally, 10 * MINUTE_MS);

  observe(line: LogLine): void {
    const sku = line.message.includes('SKU-') ? SKU.exec(line.message)?.[0] : undefined;
    if (sku === undefined) return;
    if (line.isBad && says(words.RECORD_UNREADABLE, line.message)) this.#corrupt.tell(sku, line);
    else if (says(words.RECORD_REPAIRED, line.message)) this.#corrupt.end(sku);
    else if (!line.isBad && isRead(line)) this.#corrupt.exclude(sku, line);
  }

  findings(): readonly Finding[] {
    return [this.#tally.finding()];
  }
}

/** True for a product that is read or shown to a customer. */
function isRead({ http, message }: LogLine): boolean {
  if (!http) return says(words.RECORD_READ, message);
  const isShown = http.status === 200 && http.method === 'GET' && words.PRODUCT_ROUTE.test(http.route);
  return isShown && !words.RECORD_READ.butNot?.test(message);
}
