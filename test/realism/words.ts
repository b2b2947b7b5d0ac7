/**
 * The wording of the services, as far as measures depend on it. When a service changes its wording, this file follows. A
 * pattern that matches nothing shows in the table as "none".
 */

/** Matches a message that has one of the words and none of the others. */
export interface Words {
  readonly are: RegExp;
  readonly butNot?: RegExp;
}

/** True if the message says so. */
export function says({ are, butNot }: Words, message: string): boolean {
  return are.test(message) && !butNot?.test(message);
}

/** Routes of health probes, as `route` of a request. */
export const PROBE_ROUTE = /^\/(?:healthz?|livez?|readyz?|ready|live)$/;
/** Route at which customers sign in; `POST` only. */
export const SIGN_IN_ROUTE = /\/sessions$/;
/** Route at which customers place orders; `POST` only. */
export const CHECKOUT_ROUTE = /\/orders$/;
/** Route at which something is put into a basket; `POST` only. */
export const BASKET_ROUTE = /\/baskets\/\*\/items$/;
/** Route of an order; `GET` only. */
export const ORDER_ROUTE = /\/orders\/\*$/;
/** Ids of sessions and baskets. */
export const SESSION = /\bses_\w+/;
export const BASKET = /\bbsk_\w+/;
/** Route of a product; `GET` only. */
export const PRODUCT_ROUTE = /\/products\/\*$/;

/** The time that something took, and the limit that it ran into, both in ms. */
export const TIMEOUTS: readonly RegExp[] = [
  /timed out after (?<took>\d+) ?ms \((?:limit|timeout|deadline) (?<limit>\d+) ?ms\)/,
  /not \w+ within (?<took>\d+) ?ms \((?:limit|timeout|deadline) (?<limit>\d+) ?ms\)/,
];

/** The constants that a message may name; the group is the constant. */
export const CONSTANTS: readonly RegExp[] = [
  // Used of available; not the version of a program.
  /(?<![\w./-])\d+\/(\d+)(?=[KMG]i?B|(?![\w./]))/g,
  /\b(?:limit|budget|threshold|cap|tolerance|max)[ =](\d+)/g,
  /\b\d+ of (\d+) (?:[KMG]i?B|file descriptors|[a-z]+ (?:busy|open|used)|[A-Za-z]+ connections)\b/g,
];

/** Before and after a number that is the size or duration of one event, and so no gauge. */
export const EVENT_SIZE = {
  before: new RegExp(
    [
      '\\b(?:in|took|after|for|attempt|scored|partition|removed|deleted|corrected) $',
      '(?:reaped|drained|proposed|read): $',
      '\\b(?:took|count|units|size|bytes|attempt|score|removed|changed|expired|age)=$',
    ].join('|'),
  ),
  after:
    /^(?: ?(?:ms|s|[KMG]i?B))?(?: [a-z]+){0,2} (?:added|changed|rotated|freed|imported|removed|expired|complaints)\b/,
} as const;

/** An account is locked. The customer is the one of the line. */
export const LOCKED: Words = {
  are: /\baccount (?:is )?locked\b|\baccount_locked\b|\blocked: |refused: too many wrong passwords/i,
};
/** It is no longer. */
export const UNLOCKED: Words = { are: /\bunlocked\b|\block (?:lifted|expired|cleared)\b/i };
/** A sign-in has succeeded. */
export const SIGNED_IN: Words = {
  are: /\b(?:password|passkey|credentials) of u_\d+ (?:verified|accepted)|\bses_\w+ (?:opened|created)\b|\blogin succeeded\b/i,
};

/** The money for an order is taken. */
export const CAPTURED: Words = { are: /\bcaptured [\d.]+ EUR\b|\bcapture of \S+ (?:acknowledged|confirmed)\b/i };
/** The money for an order is taken. */
/** It has been taken before. */
export const CAPTURED_AGAIN: Words = {
  are: /\b(?:second|duplicate|repeated) capture\b|\balready captured\b|\bduplicate_capture\b/i,
};
/** The order is not completed, in a line with the level ERROR. */
export const NOT_COMMITTED: Words = {
  are: /\bnot committed\b|\bcommit failed\b|\bcommit_failed\b|\bop=commit_reservation\b/i,
};
/** It is given back because the order has failed, or will be. */
export const VOIDED: Words = { are: /\bvoid(?:ed|ing)?\b|\brevers(?:ed|al)\b/i, butNot: /\balready voided\b/i };
/** It was never taken. */
export const NOT_PAID: Words = {
  are: /\bnot captured\b|\bnothing (?:captured|to capture)\b|\bcapture of \S+ skipped\b|\bno money taken\b/i,
};
/** A customer gets the money for an order back. */
export const REFUNDED: Words = { are: /\brefunded [\d.]+ EUR\b|\brefund \S+ for \S+ accepted\b/i };

/** The first group is what the breaker protects. */
export const BREAKER_TARGET = /breaker(?: (?:for|to|of|on))? ?['"]?([\w.-]*\w)/i;
/** The states before and after a change. */
export const BREAKER_CHANGE = /breaker\b.*\bfrom (?<from>[A-Z_]+) to (?<to>[A-Z_]+)/i;
/** A breaker changes its state; not the refusals that follow. */
export const BREAKER_OPENS: Words = {
  are: /\bcircuit ?breaker\b.*\bopen(?:ed|s)\b|\bCLOSED (?:to|->|=>) OPEN\b/i,
};
/** The refusals. */
export const BREAKER_REFUSES: Words = { are: /\bcircuit.*\b(?:is open|does not allow calls)\b/i };

/** A mail is bounced; the line names its address. */
export const MAILBOX_FULL: Words = { are: /\bmailbox (?:is )?full\b|\bmailbox_full\b|\bover quota\b/i };
/** A mail is delivered; the line names its address. */
export const MAIL_ACCEPTED: Words = { are: /\baccepted (?:mail )?for\b|\bdelivered to\b|\b250 2\.0\.0\b/i };

/** The record of a product cannot be read, in a bad line that names the product. */
export const RECORD_UNREADABLE: Words = { are: /\bunreadable\b|\bcorrupt\b|\bno valid JSON\b/i };
/** It can be read again. */
export const RECORD_REPAIRED: Words = { are: /\brepaired\b|\brestored from\b/i };
/** It is read, in a good line that names the product. */
export const RECORD_READ: Words = {
  are: /\bread in\b|\bproduct read\b|\bprice\b|\bfrom cache\b/i,
  butNot: /\bnot read\b|\bedge cache\b|\bstale\b/i,
};

/** The group is the number of days that a certificate is still valid. */
export const CERTIFICATE_DAYS = /\bcertificate\b.*\b(?:expires in |valid for |days=)(\d+)/i;

/** A payment provider. */
export const PROVIDER = /\b(?:adyen|stripe|worldpay)\b/i;
/** A warehouse; not the place of an edge node, `edge-waw-1`. */
export const WAREHOUSE = /(?<![\w-])(?:ams|ber|lis|waw)-\d\b/;
/** A line that tells why an order has another provider or warehouse than before. */
export const REROUTED: Words = {
  are: /\bfall(?:s|ing)? ?back\b|\binstead of\b|\brerouted\b|\bmoved to\b|\btransferred\b/i,
};

/** What happens once to an order or a delivery. The group is its id. */
export const UNIQUE_SUCCESSES: readonly RegExp[] = [
  /\b(ord_\w+) placed\b/,
  /^captured\b.* for (ord_\w+)/i,
  /^committed\b.* for (ord_\w+)/i,
  /^msg="reservation committed".* order=(ord_\w+)/,
  /^refunded\b.* for (ord_\w+)/i,
  /\b(dlv_\w+) booked\b/,
  /^msg="delivery received" delivery=(dlv_\w+)/,
];

/** What is read, and whether it was in a cache. */
export const CACHED_READ =
  /^msg="product(?:s listed| read)" (?<what>(?:page|sku)=\S+)(?: count=\d+)? cache=(?<result>hit|miss)\b/;
/** Which share of them was, as the service states it; the group is a percentage. */
export const HIT_RATIO = /^msg="product cache" .*\bhit_ratio=(\d+)%/;

/** What is asked for, and the size of the response. */
export const SIZED_RESPONSE = /"(?<what>GET [^" ]+) HTTP\/1\.1" 200 (?<value>\d+) /;
/** What is to be done once, and the key under which it is asked for. */
export const KEYED_REQUEST = /\b(?<what>basket=bsk_\w+) idempotency_key=(?<value>\w+)/;

/** All of a pool is in use. */
export const FULL_POOL = /(?:\bin_use=)?\b(\d+)(?:\/| max=)\1(?: in use,)? (?:waiting=)?(?<waiting>\d+)\b(?! of)/;

/** The group is the pod. */
export const WORKER_KILLED = /\bpod=(\S+) worker ended by the kernel\b/;
export const WORKER_REPLACED = /\bpod=(\S+) worker forked in place of\b/;
