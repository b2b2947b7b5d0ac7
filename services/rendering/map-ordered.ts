/**
 * Does the work for every item, up to `concurrency` items at a time, and yields the results in the order of the items.
 * Results that are not yet taken count too, so no more than `concurrency` exist at any time, including the one in use.
 * @throws what the work for an item throws, when it is that item's turn
 */
export async function* mapOrdered<Item, Result>(
  items: Iterable<Item>,
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const started: Promise<Result>[] = [];
  for (const item of items) {
    const result = work(item);
    // It is awaited when it is its turn; until then a failure is not an unhandled rejection.
    result.catch(() => {});
    started.push(result);
    if (started.length >= concurrency) yield started.shift() as Promise<Result>;
  }
  while (started.length > 0) yield started.shift() as Promise<Result>;
}
