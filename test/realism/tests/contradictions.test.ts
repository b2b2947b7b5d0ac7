import { describe, expect, test } from 'vitest';
import type { MeasureId } from '../bands.ts';
import { contradictions } from '../contradictions/index.ts';
import type { LogLine } from '../lines/log-line.ts';
import { line } from './hand-made.ts';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** `[contradictions, cases]` of a rule. */
function count(id: MeasureId, lines: readonly LogLine[]): readonly (number | undefined)[] {
  const rules = contradictions();
  for (const next of lines) for (const rule of rules) rule.observe(next);
  const finding = rules.flatMap((rule) => rule.findings()).find((candidate) => candidate.id === id);
  return [finding?.figures[0], finding?.cases];
}

describe('a locked account', () => {
  const locked = line('sign-in of u_7 refused: too many wrong passwords', {
    request: '1',
    user: 'u_7',
    level: 'WARNING',
  });
  const passedOn = line('POST /api/v1/sessions 423 in 9 ms: refused by auth, account_locked', {
    request: '1',
    user: 'u_7',
    service: 'ApiService',
  });
  const again = (at: number) => ({ ...locked, time: locked.time + at * 1000, requestId: 'req_3' });
  const signIn = (at: number, user = 'u_7') => line(`password of ${user} verified in 9 ms`, { at, request: '2', user });

  test.each([
    ['signs in', [locked, passedOn, signIn(7 * MINUTE), again(14 * MINUTE)], [1, 2]],
    ['signs in and is not told as locked again', [locked, signIn(14 * MINUTE), signIn(15 * MINUTE)], [0, 1]],
    [
      'opens a session',
      [locked, line('POST /api/v1/sessions 201 in 9 ms', { at: 60, request: '2', user: 'u_7' }), again(90)],
      [1, 2],
    ],
    [
      'signs in at a second attempt',
      [locked, line('credentials of u_7 accepted', { at: 9, request: '1', user: 'u_7' }), again(90)],
      [1, 2],
    ],
    ['signs in a quarter of an hour later', [locked, signIn(16 * MINUTE), again(17 * MINUTE)], [0, 2]],
    ['is unlocked and signs in', [locked, line('u_7 unlocked by support', { at: 60 }), signIn(120)], [0, 1]],
    ['is not that of another customer', [locked, signIn(60, 'u_8')], [0, 1]],
  ] as const)('%s', (_what, lines, expected) => {
    expect(count('lockedSignIn', lines)).toEqual(expected);
  });
});

describe('a capture', () => {
  const captured = line('captured 12.05 EUR for ord_1, charge ch_7', { request: '1' });
  const uncommitted = line('reservation for ord_1 not committed: deadlock detected', {
    at: 1,
    request: '1',
    level: 'ERROR',
    service: 'InventoryService',
  });
  const response = (status: number) =>
    line(`POST /api/v1/orders ${status} in 900 ms`, { at: 2, request: '1', service: 'ApiService' });
  const later = (at: number) => line('pool fine', { at });

  test.each([
    ['of an order that fails stays', [captured, uncommitted, response(500), later(63)], [1, 1]],
    [
      'is voided after the response',
      [captured, uncommitted, response(500), line('voided ord_1', { at: 60 }), later(90)],
      [0, 1],
    ],
    [
      'is voided before it',
      [captured, uncommitted, line('void of ord_1 queued', { at: 1, request: '1' }), response(500), later(90)],
      [0, 1],
    ],
    ['may be voided until a minute has passed', [captured, uncommitted, response(500), later(61)], [0, 1]],
    [
      'stays when the order is committed at a second attempt',
      [captured, { ...uncommitted, level: 'WARNING' }, response(500), later(90)],
      [0, 0],
    ],
    ['of an order that is parked stays', [captured, uncommitted, response(202), later(90)], [0, 0]],
    ['stays when only the response fails', [captured, response(500), later(90)], [0, 0]],
  ] as const)('%s', (_what, lines, expected) => {
    expect(count('captureNotVoided', lines)).toEqual(expected);
  });

  test('for the second time follows a first', () => {
    const second = line('second capture of ord_1 ignored: charge ch_7 exists', { at: 9, level: 'WARNING' });
    expect(count('secondCapture', [second])).toEqual([1, 1]);
    expect(count('secondCapture', [captured, second])).toEqual([0, 1]);
  });

  test('comes before a refund', () => {
    const refund = line('refunded 12.05 EUR for ord_1 to card ****7312', { at: 9, request: '2' });
    const refused = line('POST /api/v1/orders 402 in 9 ms', { at: 2, request: '1' });
    const named = line('reserved 1 x SKU-1 for ord_1', { request: '1' });
    expect(count('unpaidRefund', [named, refused, refund])).toEqual([1, 1]);
    expect(count('unpaidRefund', [line('nothing captured for ord_1'), refund])).toEqual([1, 1]);
    expect(count('unpaidRefund', [line('nothing captured for ord_1'), captured, refund])).toEqual([0, 1]);
    expect(count('unpaidRefund', [captured, refund])).toEqual([0, 1]);
    expect(count('unpaidRefund', [refund])).toEqual([0, 0]);
  });
});

describe('a circuit breaker', () => {
  const failure = (at: number, target = 'adyen', service = 'PaymentService') =>
    line(`provider ${target} answered 503`, { at, level: 'ERROR', service });
  const refusal = (at: number) => line("call not sent: CircuitBreaker 'adyen' is OPEN", { at, level: 'WARNING' });

  test.each([
    'circuit breaker for adyen opened after 3 failures in 30 s',
    "CircuitBreaker 'adyen' changed state from CLOSED to OPEN",
  ])('opens after failures: %s', (text) => {
    const opened = line(text, { at: 310, level: 'WARNING' });
    expect(count('breakerWithoutFailures', [failure(11), failure(12), failure(13), opened])).toEqual([0, 1]);
    expect(count('breakerWithoutFailures', [failure(9), failure(12), failure(13), opened])).toEqual([1, 1]);
    expect(count('breakerWithoutFailures', [failure(11), failure(12), failure(13, 'stripe'), opened])).toEqual([1, 1]);
    const elsewhere = failure(13, 'adyen', 'ApiService');
    expect(count('breakerWithoutFailures', [failure(11), failure(12), elsewhere, opened])).toEqual([1, 1]);
    expect(count('breakerWithoutFailures', [refusal(11), refusal(12), refusal(13), opened])).toEqual([1, 1]);
  });

  test.each([
    ['OPEN to HALF_OPEN', 'HALF_OPEN to CLOSED', [0, 2]],
    ['OPEN to HALF_OPEN', 'HALF_OPEN to OPEN', [0, 2]],
    ['OPEN to HALF_OPEN', 'OPEN to CLOSED', [1, 2]],
    ['HALF_OPEN to CLOSED', 'CLOSED to OPEN', [1, 2]],
  ])('changes from OPEN on: %s, %s', (first, second, expected) => {
    const texts = ['CLOSED to OPEN', first, second].map((change) => `breaker 'adyen' changed state from ${change}`);
    const other = "breaker 'stripe' changed state from HALF_OPEN to CLOSED";
    expect(
      count(
        'breakerStates',
        [...texts, other].map((text) => line(text)),
      ),
    ).toEqual(expected);
  });

  test('closes, or is half open, without any', () => {
    const texts = ["CircuitBreaker 'adyen' changed state from HALF_OPEN to CLOSED", 'circuit breaker half-open'];
    expect(
      count(
        'breakerWithoutFailures',
        texts.map((text) => line(text)),
      ),
    ).toEqual([0, 0]);
  });
});

describe('a full mailbox', () => {
  const full = line('reset mail to eva@example.org bounced: 552 5.2.2 mailbox full', { request: '1', level: 'ERROR' });
  const again = (at: number) => ({ ...full, time: full.time + at * 1000, requestId: 'req_3' });
  const accepted = (at: number, to = 'eva') =>
    line(`confirmation accepted for ${to}@example.org by mx1.example.net`, { at, request: '2' });

  test.each([
    ['accepts a mail and is full again', [full, accepted(9 * MINUTE), again(29 * MINUTE)], [1, 2]],
    ['accepts a mail once it has room', [full, accepted(9 * MINUTE), accepted(29 * MINUTE)], [0, 1]],
    ['accepts one half an hour later', [full, accepted(31 * MINUTE), again(40 * MINUTE)], [0, 2]],
    ['is not that of somebody else', [full, accepted(60, 'jan')], [0, 1]],
  ] as const)('%s', (_what, lines, expected) => {
    expect(count('fullMailbox', lines)).toEqual(expected);
  });
});

describe('an unreadable record', () => {
  const corrupt = line('record of SKU-7 unreadable: no valid JSON', { request: '1', level: 'ERROR' });
  const at = { at: 5 * MINUTE, request: '2' };
  const again = { ...corrupt, time: corrupt.time + 8 * MINUTE * 1000, requestId: 'req_3' };

  test.each([
    ['is read', [corrupt, line('SKU-7 read in 3 ms', at), again], [1, 2]],
    ['is shown', [corrupt, line('GET /api/v1/products/SKU-7 200 in 3 ms', at), again], [1, 2]],
    ['is read and stays readable', [corrupt, line('SKU-7 read in 3 ms', at)], [0, 1]],
    [
      'is shown from a cache',
      [corrupt, line('GET /api/v1/products/SKU-7 200 in 3 ms, SKU-7 from edge cache', at)],
      [0, 1],
    ],
    ['is read after ten minutes', [corrupt, line('SKU-7 read in 3 ms', { ...at, at: 11 * MINUTE })], [0, 1]],
    ['is not that of another product', [corrupt, line('SKU-8 read in 3 ms', at)], [0, 1]],
    [
      'is read after it was repaired',
      [corrupt, line('SKU-7 repaired', { at: 60 }), line('SKU-7 read in 3 ms', at)],
      [0, 1],
    ],
  ] as const)('%s', (_what, lines, expected) => {
    expect(count('corruptRecord', lines)).toEqual(expected);
  });
});

describe('a certificate', () => {
  const days = (left: number, at: number) => line(`certificate of shop.example.com expires in ${left} days`, { at });

  test.each([
    ['counts down', [days(9, 0), days(9, DAY / 2), days(8, DAY), days(7, 2 * DAY)], 0],
    ['may lose a day within an hour', [days(9, 0), days(8, 3600)], 0],
    ['gains a day', [days(9, 0), days(8, 3600), days(9, 7200)], 1],
    ['loses two days within an hour', [days(9, 0), days(7, 3600)], 1],
    ['stands still', [days(9, 0), days(9, 3 * DAY)], 1],
    ['is renewed', [days(9, 0), days(90, 3600), days(90, 7200)], 0],
  ] as const)('%s', (_what, lines, expected) => {
    expect(count('certificates', lines)).toEqual([expected, lines.length]);
  });
});

describe('an order', () => {
  test('has one provider', () => {
    const lines = ['ord_1 paid through adyen-sim', 'ord_1 settled by stripe', 'ord_1 settled by adyen'];
    expect(
      count(
        'providers',
        lines.map((text) => line(text)),
      ),
    ).toEqual([1, 1]);
    expect(
      count(
        'providers',
        lines.slice(0, 1).map((text) => line(text)),
      ),
    ).toEqual([0, 0]);
    const rerouted = ['ord_1 paid through adyen', 'ord_1 rerouted to stripe', 'ord_1 settled by stripe'];
    expect(
      count(
        'providers',
        rerouted.map((text) => line(text)),
      ),
    ).toEqual([0, 1]);
  });

  test('has one warehouse', () => {
    const lines = ['ord_1 reserved at ber-1', 'ord_1 shown through edge-waw-1', 'ord_1 picked at ber-1'];
    expect(
      count(
        'warehouses',
        lines.map((text) => line(text)),
      ),
    ).toEqual([0, 1]);
    expect(
      count(
        'warehouses',
        [...lines, 'ord_1 shipped from waw-1'].map((text) => line(text)),
      ),
    ).toEqual([1, 1]);
  });

  test('is placed once', () => {
    const lines = ['ord_1 placed for 9.00 EUR', 'ord_2 placed for 9.00 EUR', 'ord_1 placed for 9.00 EUR'];
    expect(
      count(
        'secondSuccess',
        lines.map((text) => line(text)),
      ),
    ).toEqual([1, 2]);
  });
});

describe('what was refused', () => {
  const api = { service: 'ApiService' };
  const checkout = (status: number, at = 0, order = 1) => [
    line('route=orders.create basket=bsk_7', { ...api, at, request: `c${at}` }),
    line(`reserved for ord_${order}`, { at, request: `c${at}` }),
    line(`ses_7 "POST /api/v1/orders HTTP/1.1" ${status} 200 9ms`, { ...api, at: at + 1, request: `c${at}` }),
  ];
  const lookUp = (status: number, at: number) =>
    line(`ses_7 "GET /api/v1/orders/ord_1 HTTP/1.1" ${status} 200 9ms`, { ...api, at, request: 's' });
  const signIn = (status: number, session: string) =>
    line(`${session} "POST /api/v1/sessions HTTP/1.1" ${status} 200 9ms`, { ...api, request: 'i' });
  const add = (status: number, at = 0) =>
    line(`ses_7 "POST /api/v1/baskets/bsk_7/items HTTP/1.1" ${status} 200 9ms`, { ...api, at, request: `a${at}` });
  const browse = line('ses_7 "GET /api/v1/products HTTP/1.1" 200 200 9ms', { ...api, at: 9, request: 'b' });

  test.each([
    ['an order is looked up', 'refusedOrder', [...checkout(402), lookUp(200, 9)], [1, 1]],
    ['an order is not found', 'refusedOrder', [...checkout(402), lookUp(404, 9)], [0, 0]],
    [
      'an order is placed at a second attempt',
      'refusedOrder',
      [...checkout(503), ...checkout(201, 5), lookUp(200, 9)],
      [0, 1],
    ],
    ['an order that was accepted is looked up', 'refusedOrder', [...checkout(202), lookUp(200, 9)], [0, 1]],
    ['an order of long ago is looked up', 'refusedOrder', [...checkout(402, 0, 2), lookUp(200, 9)], [0, 0]],
    ['a session is used', 'refusedSession', [signIn(401, 'ses_7'), browse], [1, 1]],
    ['another session is used', 'refusedSession', [signIn(401, '-'), browse], [0, 1]],
    ['a session that was created is used', 'refusedSession', [signIn(201, 'ses_7'), browse], [0, 1]],
    ['a basket is ordered', 'refusedBasket', [add(409), ...checkout(201, 5)], [1, 1]],
    [
      'a basket is ordered with something else in it',
      'refusedBasket',
      [add(409), add(201, 2), ...checkout(201, 5)],
      [0, 1],
    ],
    ['a basket is not ordered', 'refusedBasket', [add(409), ...checkout(503, 5)], [0, 0]],
    ['a basket of an earlier day is ordered', 'refusedBasket', checkout(201, 5), [0, 0]],
  ] as const)('%s', (_what, id, lines, expected) => {
    expect(count(id, lines)).toEqual(expected);
  });
});

describe('a read', () => {
  const inventory = { service: 'InventoryService' } as const;
  const read = (what: string, result: string, at: number) =>
    line(`msg="product read" ${what} cache=${result}${result === 'miss' ? ' took=9ms' : ''}`, { ...inventory, at });
  const list = (result: string, at: number) =>
    line(`msg="products listed" page=3 count=18 cache=${result}`, { ...inventory, at });

  test.each([
    ['misses and then hits', [read('sku=SKU-1', 'miss', 0), read('sku=SKU-1', 'hit', 30)], [0, 1]],
    ['misses twice within a minute', [read('sku=SKU-1', 'miss', 0), read('sku=SKU-1', 'miss', 30)], [1, 1]],
    ['misses after a hit', [list('hit', 0), list('miss', 59)], [1, 1]],
    ['misses again later', [list('miss', 0), list('miss', 61)], [0, 0]],
    ['misses while another is going on', [read('sku=SKU-1', 'hit', 0), read('sku=SKU-1', 'miss', 1)], [0, 0]],
    ['misses another product', [read('sku=SKU-1', 'miss', 0), read('sku=SKU-2', 'miss', 9)], [0, 0]],
  ] as const)('%s', (_what, lines, expected) => {
    expect(count('missedReads', lines)).toEqual(expected);
  });

  test('hits as often as the service says', () => {
    const stated = line('msg="product cache" entries=9 hit_ratio=75%', inventory);
    const reads = ['hit', 'miss', 'miss', 'miss'].map((result, at) => read(`sku=SKU-${at}`, result, at));
    expect(count('hitRatio', [stated, ...reads])[0]).toBe(0.5);
    expect(count('hitRatio', reads)[0]).toBeUndefined();
  });
});

describe('what is asked for again', () => {
  const response = (path: string, status: number, bytes: number) =>
    line(`192.0.2.9 ses_1 "GET ${path} HTTP/1.1" ${status} ${bytes} 9ms "Firefox/145"`, { service: 'ApiService' });
  const order = (basket: string, key: string) =>
    line(`[router] POST /api/v1/orders client=192.0.2.9 basket=${basket} idempotency_key=${key}`, {
      service: 'ApiService',
    });

  test.each([
    ['is as large as before', [response('/p?page=5', 200, 7812), response('/p?page=5', 200, 7812)], [0, 1]],
    ['has another size', [response('/p?page=5', 200, 7812), response('/p?page=5', 200, 7900)], [1, 1]],
    ['is another page', [response('/p?page=5', 200, 7812), response('/p?page=6', 200, 7900)], [0, 0]],
    ['is refused', [response('/p?page=5', 200, 7812), response('/p?page=5', 503, 142)], [0, 0]],
  ] as const)('%s', (_what, lines, expected) => {
    expect(count('responseSizes', lines)).toEqual(expected);
  });

  test.each([
    ['the same key', [order('bsk_1', 'aa'), order('bsk_1', 'aa')], [0, 1]],
    ['another key', [order('bsk_1', 'aa'), order('bsk_1', 'bb')], [1, 1]],
    ['another basket', [order('bsk_1', 'aa'), order('bsk_2', 'bb')], [0, 0]],
  ] as const)('is ordered under %s', (_what, lines, expected) => {
    expect(count('idempotencyKeys', lines)).toEqual(expected);
  });
});

describe('a pool that is used up', () => {
  const texts = [
    (waiting: number) => `ConnectionPool: 12/12 in use, ${waiting} waiting, acquired in 300 ms on average`,
    (waiting: number) => `msg="db pool" in_use=10 max=10 waiting=${waiting} acquire_p95=300ms`,
    (waiting: number) => `[upstream] pool in_use=16/16 waiting=${waiting} acquire_p95=300ms`,
  ];
  test.each(texts)('is seen to move or to stand still: %s', (text) => {
    const at = (seconds: number, waiting: number) => line(text(waiting), { at: seconds });
    expect(count('fullPools', [at(0, 4), at(30, 4), at(60, 5), at(90, 5), at(120, 7)])[0]).toBe(0.5);
    // One report after the other, and without a long time between.
    expect(count('fullPools', [at(0, 4), at(3, 4), at(300, 4)])[0]).toBeUndefined();
  });

  test('is no pool that has something left', () => {
    const at = (seconds: number) => line('ConnectionPool: 11/12 in use, 0 waiting', { at: seconds });
    expect(count('fullPools', [at(0), at(30)])[0]).toBeUndefined();
  });
});

describe('a worker', () => {
  const killed = (at: number, pod = 'api-1') =>
    line(`[worker] pod=${pod} worker ended by the kernel: out of memory`, { at });
  const replaced = (at: number, pod = 'api-1') => line(`[worker] pod=${pod} worker forked in place of the one`, { at });

  test.each([
    ['is killed and replaced', [killed(0), replaced(7)], [0, 1]],
    ['is killed and not replaced', [killed(0), line('something', { at: 31 })], [1, 1]],
    ['of another pod is replaced', [killed(0), replaced(7, 'api-2'), replaced(8)], [1, 1]],
    ['is killed twice before that', [killed(0), killed(5), replaced(7)], [1, 2]],
    ['is replaced although none was killed', [replaced(7)], [1, 0]],
  ] as const)('%s', (_what, lines, expected) => {
    expect(count('killedWorkers', lines)).toEqual(expected);
  });
});
