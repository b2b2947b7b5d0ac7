/**
 * Does the work for every item, up to `ahead` of them at a time, and gives the results in the order of the items. What is
 * done but not yet taken counts too, so no more than `ahead` results exist at any time, the one in use included.
 */
export async function* mapOrdered<Item, Result>(
  items: Iterable<Item>,
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const started: Promise<Result>[] = [];
  for (const item of items) {
    const result = work(item);
    // It is awaited when its turn has come; that it fails before is no accident.
    result.catch(() => {});
    started.push(result);
    if (started.length >= concurrency) yield started.shift() as Promise<Result>;
  }
  while (started.length > 0) yield started.shift() as Promise<Result>;
}
