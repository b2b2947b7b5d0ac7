import { describe, expect, test } from 'vitest';
import { Causes } from '../measures/causes.ts';
import { figuresIn, findingIn, line } from './hand-made.ts';

const fault = (cause: string, service = 'PaymentService') => line(cause, { level: 'ERROR', service });

/** So many bad lines, of the causes in turn. */
const faults = (count: number, causes: readonly string[], service?: string) =>
  Array.from({ length: count }, (_, index) => fault(causes[index % causes.length] as string, service));

test('four causes in equal shares are four', () => {
  const lines = faults(200, ['pool empty', 'disk full', 'card declined', 'key unknown']);
  expect(figuresIn('causes', new Causes(), lines)[0]).toBeCloseTo(4, 9);
  expect(figuresIn('topCause', new Causes(), lines)).toEqual([0.25]);
});

test('good lines and ids do not count', () => {
  const lines = Array.from({ length: 100 }, (_, index) => fault(`order ord_${index} lost after ${index} ms`));
  expect(figuresIn('causes', new Causes(), [...lines, line('all is well')])).toEqual([1]);
});

test('the same words in two services are two causes', () => {
  const lines = faults(50, ['slow']).flatMap((first) => [first, fault('slow', 'AuthService')]);
  expect(figuresIn('causes', new Causes(), lines)[0]).toBeCloseTo(2, 9);
  expect(findingIn('causesInService', new Causes(), [...lines, ...lines]).figures).toEqual([1]);
});

test('a window that is not full says nothing', () => {
  expect(figuresIn('causes', new Causes(), faults(99, ['slow']))[0]).toBeNaN();
  expect(figuresIn('causesInService', new Causes(), faults(99, ['slow']))).toEqual([]);
});

test('of a request the reason is the cause, or the status if there is none', () => {
  const lines = [500, 503].flatMap((status) =>
    Array.from({ length: 50 }, () => fault(`10.0.0.1 - "GET /api/v1/products HTTP/1.1" ${status} 120 7ms`)),
  );
  expect(figuresIn('causes', new Causes(), lines)[0]).toBeCloseTo(2, 9);
  const routes = ['GET /a', 'POST /b'].flatMap((request) => faults(50, [`${request} 503 in 9 ms: pool empty`]));
  expect(figuresIn('causes', new Causes(), routes)[0]).toBe(1);
});

test('of a logfmt line the message and the error are the cause, not where it happened', () => {
  const failed = (op: string, err: string) => faults(50, [`msg="query failed" op=${op} attempt=2 err="${err}"`]);
  expect(figuresIn('causes', new Causes(), [...failed('search', 'pool full'), ...failed('list', 'pool full')])[0]).toBe(
    1,
  );
  const two = [...failed('search', 'pool full'), ...failed('search', 'no shard')];
  expect(figuresIn('causes', new Causes(), two)[0]).toBeCloseTo(2, 9);
});

describe('the cause of the bad line before', () => {
  test('in the worst service and on average', () => {
    const repeating = faults(11, ['slow']);
    const alternating = faults(11, ['slow', 'full'], 'AuthService');
    expect(figuresIn('sameCause', new Causes(), [...repeating, ...alternating])).toEqual([0, 0.5]);
  });

  test('is unknown without bad lines', () => {
    expect(figuresIn('sameCause', new Causes(), [line('fine')])).toEqual([]);
  });
});
