import { describe, expect, test } from 'vitest';
import { People } from '../measures/people.ts';
import { figuresIn, line } from './hand-made.ts';

test('sessions and baskets in more than one request', () => {
  const lines = [
    line('ses_1 opened', { request: '1' }),
    line('ses_1 valid, bsk_1 read', { request: '2' }),
    line('ses_2 opened', { request: '3' }),
    line('ses_2 closed', { request: '3' }),
    line('ses_1 valid', { request: '4' }),
  ];
  expect(figuresIn('sessions', new People(), lines)).toEqual([0.5]);
  expect(figuresIn('baskets', new People(), lines)).toEqual([0]);
});

describe('order ids', () => {
  const checkout = (order: number, request: string) => [
    line(`reserved for ord_${order}`, { request }),
    line('POST /api/v1/orders 201 in 9 ms', { request }),
  ];

  test('ascend from one checkout to the next', () => {
    const lines = [...checkout(5, '1'), ...checkout(7, '2'), ...checkout(6, '3'), ...checkout(8, '4')];
    expect(figuresIn('orderIds', new People(), lines)[0]).toBeCloseTo(2 / 3, 12);
  });

  test('of earlier orders do not count', () => {
    const refund = [
      line('refunded ord_3', { request: '2' }),
      line('POST /api/v1/orders/ord_3/refund 200', { request: '2' }),
    ];
    expect(figuresIn('orderIds', new People(), [...checkout(5, '1'), ...refund, ...checkout(6, '3')])).toEqual([1]);
  });
});

test('sessions with a checkout, and those in which a refused one is tried again', () => {
  const checkout = (session: number, status: number, request: string) =>
    line(`ses_${session} "POST /api/v1/orders HTTP/1.1" ${status} 200 9ms`, { request });
  const lines = [
    line('ses_1 opened', { request: '1' }),
    line('ses_2 opened', { request: '2' }),
    checkout(3, 503, '3'),
    checkout(4, 402, '4'),
    checkout(3, 503, '5'),
    checkout(3, 201, '6'),
    checkout(3, 201, '7'),
  ];
  expect(figuresIn('visitsThatOrder', new People(), lines)).toEqual([0.5]);
  expect(figuresIn('triedAgain', new People(), lines)[0]).toBeCloseTo(2 / 3, 12);
});

test('the requests of the most frequent customers', () => {
  const lines = Array.from({ length: 200 }, (_, index) =>
    line('page read', { request: `a${index}`, user: `u_${index}` }),
  );
  // Two customers of 200 are one per cent: they have 20 and 11 requests, one of which has two lines.
  for (let index = 0; index < 19; index++) lines.push(line('page read', { request: `b${index}`, user: 'u_7' }));
  for (let index = 0; index < 10; index++) lines.push(line('page read', { request: `c${index}`, user: 'u_8' }));
  lines.push(line('page sent', { request: 'c0', user: 'u_8' }));
  expect(figuresIn('topCustomers', new People(), lines)[0]).toBeCloseTo(31 / 229, 12);
});
