import { describe, expect, test } from 'vitest';
import { findHttpRequest } from '../lines/http-request.ts';
import { readLine } from '../lines/log-line.ts';
import { line } from './hand-made.ts';

describe('a line', () => {
  test('is read with its fields', () => {
    const text =
      '2026-11-03T00:00:03.720Z [WARNING] [PaymentService]: card ****3986 declined for ord_362356360 ' +
      'request_id=req_b236d6da user=u_3189';
    expect(readLine(text)).toMatchObject({
      time: Date.parse('2026-11-03T00:00:03.720Z'),
      level: 'WARNING',
      isBad: true,
      service: 'PaymentService',
      message: 'card ****3986 declined for ord_362356360',
      requestId: 'req_b236d6da',
      user: 'u_3189',
      order: 'ord_362356360',
      http: undefined,
    });
  });

  test('has the user that its message names when it belongs to no request', () => {
    expect(line('Password of u_1234 expired').user).toBe('u_1234');
    expect(line('menu_12 opened').user).toBeUndefined();
    expect(line('session closed').requestId).toBeUndefined();
  });

  test.each([
    '',
    '    at checkout (orders.js:12:3)',
    '2026-11-03T00:00:03.720Z [TRACE] [PaymentService]: text',
    '2026-11-03 00:00:03 [INFO] [PaymentService]: text',
  ])('in another form is none: %j', (text) => {
    expect(readLine(text)).toBeUndefined();
  });
});

describe('a request line', () => {
  test.each([
    ['POST /api/v1/orders 201 in 187 ms', 'POST', '/api/v1/orders', 201, 187],
    ['POST /api/v1/orders 502 in 730 ms: payment answered provider_unavailable', 'POST', '/api/v1/orders', 502, 730],
    ['GET /api/v1/orders/ord_362321477 304 in 9 ms', 'GET', '/api/v1/orders/*', 304, 9],
    ['POST /api/v1/orders/ord_1/refund 200 in 9 ms', 'POST', '/api/v1/orders/*/refund', 200, 9],
    ['198.51.100.7 ses_0a1b2c3d "POST /api/v1/orders HTTP/1.1" 201 187ms', 'POST', '/api/v1/orders', 201, 187],
    [
      '198.51.100.7 - "GET /api/v1/search?q=desk lamp HTTP/1.1" 200 5120 13ms "Chrome/142"',
      'GET',
      '/api/v1/search',
      200,
      13,
    ],
    ['POST /api/v1/sessions 201 on second attempt', 'POST', '/api/v1/sessions', 201, undefined],
    ['POST /api/v1/orders for bsk_1: 2 x SKU-7', 'POST', '/api/v1/orders', undefined, undefined],
    ['audit record of GET /healthz kept in memory', 'GET', '/healthz', undefined, undefined],
  ])('%s', (message, method, route, status, durationMs) => {
    expect(findHttpRequest(message)).toMatchObject({ method, route, status, durationMs });
  });

  test.each(['pool 3/20 in use', 'no POST without a path', 'read from /var/log'])('is not in: %s', (message) => {
    expect(findHttpRequest(message)).toBeUndefined();
  });
});

describe('a template', () => {
  test.each([
    ['captured 12.05 EUR for ord_1, charge ch_7a', 'captured * EUR for *, charge *'],
    ['mail to eva.klein44@example.org deferred: mx2.example.net answered 421', 'mail to * deferred: * answered *'],
    ['mail for eva.klein@example.org', 'mail for *'],
    ['query "desk lamp" took 12 ms', 'query * took * ms'],
    [
      'msg="query failed" op=search query="desk lamp" err="no shard of 4"',
      'msg=query failed op=* query=* err=no shard of *',
    ],
    ['signed with key abcd', 'signed with key *'],
    ['credentials of u_7 accepted from Port Julienfurt', 'credentials of * accepted from *'],
    ['POST /api/v1/orders 502 in 730 ms: payment answered provider_down', '<request>: payment answered provider_down'],
    [
      '192.0.2.9 ses_1 "GET /api/v1/orders/ord_1 HTTP/1.1" 503 147 47ms "Chrome/142" reason=slow',
      '* * <request> * reason=slow',
    ],
    ['192.0.2.7 - "POST /api/v1/sessions HTTP/1.1" 401 142 80ms reason=slow', '* * <request> reason=slow'],
    ['Sign-in - password of u_1 is wrong', 'Sign-in - password of * is wrong'],
  ])('of %j', (message, template) => {
    expect(line(message).template).toBe(template);
  });
});
