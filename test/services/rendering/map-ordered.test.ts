import { expect, test } from 'vitest';
import { mapOrdered } from '../../../services/rendering/map-ordered.ts';

/** Work that is done when the test says so. */
function workshop() {
  const open = new Map<number, PromiseWithDone>();
  const work = (item: number) => {
    const job = withDone();
    open.set(item, job);
    return job.promise;
  };
  return { open, work };
}

interface PromiseWithDone {
  readonly promise: Promise<string>;
  readonly done: (result: string) => void;
  readonly failed: (error: Error) => void;
}

function withDone(): PromiseWithDone {
  let done: PromiseWithDone['done'] = () => {};
  let failed: PromiseWithDone['failed'] = () => {};
  const promise = new Promise<string>((resolve, reject) => {
    done = resolve;
    failed = reject;
  });
  return { promise, done, failed };
}

test('results come in the order of the items, in whatever order they are done', async () => {
  const { open, work } = workshop();
  const results = mapOrdered([1, 2, 3], 3, work);
  const first = results.next();
  for (const item of [3, 2, 1]) open.get(item)?.done(`item ${item}`);
  expect([await first, await results.next(), await results.next(), await results.next()]).toEqual([
    { value: 'item 1', done: false },
    { value: 'item 2', done: false },
    { value: 'item 3', done: false },
    { value: undefined, done: true },
  ]);
});

test.each([1, 2, 5])('no more than %i are begun and not yet taken', async (ahead) => {
  let begun = 0;
  let taken = 0;
  const items = Array.from({ length: 20 }, (_, index) => index);
  for await (const result of mapOrdered(items, ahead, async (item) => ++begun && item)) {
    expect(result).toBe(taken);
    expect(begun - taken).toBeLessThanOrEqual(ahead);
    taken++;
  }
  expect(taken).toBe(20);
});

test('whoever takes nothing lets nothing begin', async () => {
  let begun = 0;
  const results = mapOrdered([1, 2, 3, 4, 5, 6], 2, async () => ++begun);
  expect(begun).toBe(0);
  await results.next();
  expect(begun).toBe(2);
  await results.return();
  expect(begun).toBe(2);
});

test('work that fails fails in its turn', async () => {
  const { open, work } = workshop();
  const results = mapOrdered([1, 2, 3], 3, work);
  const first = results.next();
  open.get(2)?.failed(new Error('the second'));
  open.get(3)?.failed(new Error('the third'));
  open.get(1)?.done('item 1');
  expect(await first).toEqual({ value: 'item 1', done: false });
  await expect(results.next()).rejects.toThrow('the second');
  expect(await results.next()).toEqual({ value: undefined, done: true });
});
