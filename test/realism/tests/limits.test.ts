import { describe, expect, test } from 'vitest';
import { Limits } from '../measures/limits.ts';
import { figuresIn, findingIn, line } from './hand-made.ts';

describe('time-outs', () => {
  test.each([
    [300, 1],
    [325, 1],
    [326, 0],
    [299, 0],
  ])('of %i ms at a limit of 300 ms', (took, share) => {
    const lines = [line(`capture of ord_1 timed out after ${took} ms (limit 300 ms)`)];
    expect(figuresIn('timeouts', new Limits(), lines)).toEqual([share]);
  });

  test('of one statement have one limit', () => {
    const lines = [
      line('read of SKU-1 timed out after 300 ms (limit 300 ms)'),
      line('read of SKU-2 timed out after 300 ms (limit 300 ms)'),
      line('lock on SKU-2 not granted within 51 ms (limit 50 ms)'),
      line('lock on SKU-2 not granted within 62 ms (limit 60 ms)'),
    ];
    expect(findingIn('timeoutLimits', new Limits(), lines)).toMatchObject({ figures: [1], cases: 2 });
  });

  test('that are not in the log', () => {
    expect(figuresIn('timeouts', new Limits(), [line('no free connection')])[0]).toBeNaN();
  });
});

describe('constants', () => {
  test.each([
    ['pool 3/20 in use, 0 waiting', 'pool 7/30 in use, 4 waiting'],
    ['in_use=3/20 waiting=0', 'in_use=3/40 waiting=0'],
    ['heap=96/512MiB', 'heap=97/256MiB'],
    ['heap 400 of 512 MiB', 'heap 400 of 256 MiB'],
    ['write took 9 ms (budget 5 ms)', 'write took 9 ms (budget 8 ms)'],
    ['lag=9s max=5', 'lag=9s max=6'],
  ])('that differ: %s; %s', (first, second) => {
    const disagreeing = findingIn('constants', new Limits(), [line(first), line(second)]);
    expect(disagreeing).toMatchObject({ figures: [1], cases: 1 });
    const elsewhere = [line(first), line(second, { service: 'AuthService' })];
    expect(findingIn('constants', new Limits(), elsewhere)).toMatchObject({ figures: [0], cases: 2 });
  });

  test.each([
    ['archive of 425 MiB not written', 'archive of 80 MiB not written'],
    ['page for Chrome/128 sent', 'page for Chrome/142 sent'],
  ])('are not: %s; %s', (first, second) => {
    expect(findingIn('constants', new Limits(), [line(first), line(second)]).cases).toBe(0);
  });

  test('may differ between routes', () => {
    const lines = ['GET /a 200 in 9 ms, budget 5 ms', 'GET /b 200 in 9 ms, budget 8 ms'].map((text) => line(text));
    expect(figuresIn('constants', new Limits(), lines)).toEqual([0]);
  });
});
