import { expect, test } from 'vitest';
import { mapOrdered } from '../../../services/rendering/map-ordered.ts';

/** Work that the test completes. */
function manualWork() {
  const pending = new Map<number, Deferred>();
  const work = (item: number) => {
    const deferred = defer();
    pending.set(item, deferred);
    return deferred.promise;
  };
  return { pending, work };
}

interface Deferred {
  readonly promise: Promise<string>;
  readonly resolve: (result: string) => void;
  readonly reject: (error: Error) => void;
}

function defer(): Deferred {
  let resolve: Deferred['resolve'] = () => {};
  let reject: Deferred['reject'] = () => {};
  const promise = new Promise<string>((...settle) => {
    [resolve, reject] = settle;
  });
  return { promise, resolve, reject };
}

test('results come in the order of the items, whatever order the work is done in', async () => {
  const { pending, work } = manualWork();
  const results = mapOrdered([1, 2, 3], 3, work);
  const first = results.next();
  for (const item of [3, 2, 1]) pending.get(item)?.resolve(`item ${item}`);
  expect([await first, await results.next(), await results.next(), await results.next()]).toEqual([
    { value: 'item 1', done: false },
    { value: 'item 2', done: false },
    { value: 'item 3', done: false },
    { value: undefined, done: true },
  ]);
});

test.each([1, 2, 5])('no more than %i are started and not yet taken', async (concurrency) => {
  let started = 0;
  let taken = 0;
  const items = Array.from({ length: 20 }, (_, index) => index);
  for await (const result of mapOrdered(items, concurrency, async (item) => ++started && item)) {
    expect(result).toBe(taken);
    expect(started - taken).toBeLessThanOrEqual(concurrency);
    taken++;
  }
  expect(taken).toBe(20);
});

test('nothing is started before the first result is requested', async () => {
  let started = 0;
  const results = mapOrdered([1, 2, 3, 4, 5, 6], 2, async () => ++started);
  expect(started).toBe(0);
  await results.next();
  expect(started).toBe(2);
  await results.return();
  expect(started).toBe(2);
});

test('work that fails rejects in its turn', async () => {
  const { pending, work } = manualWork();
  const results = mapOrdered([1, 2, 3], 3, work);
  const first = results.next();
  pending.get(2)?.reject(new Error('the second'));
  pending.get(3)?.reject(new Error('the third'));
  pending.get(1)?.resolve('item 1');
  expect(await first).toEqual({ value: 'item 1', done: false });
  await expect(results.next()).rejects.toThrow('the second');
  expect(await results.next()).toEqual({ value: undefined, done: true });
});
