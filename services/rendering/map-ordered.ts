/**
 * Does the work for every item, up to `ahead` of them at a time, and gives the results in the order of the items. What is
 * done but not yet taken counts too, so no more than `ahead` results exist at any time, the one in use included.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  ahead: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const begun: Promise<Result>[] = [];
  for (const item of items) {
    const result = work(item);
    // It is awaited when its turn has come; that it fails before is no accident.
    result.catch(() => {});
    begun.push(result);
    if (begun.length >= ahead) yield begun.shift() as Promise<Result>;
  }
  while (begun.length > 0) yield begun.shift() as Promise<Result>;
}
