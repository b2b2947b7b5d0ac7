/**
 * What in a value is not plain data, with the path to it; undefined when all of it is. Plain are objects, lists, texts,
 * numbers, booleans, null and undefined: a definition is sent to other processes, where nothing else would arrive.
 * @param path where the value is, as it is named in messages
 */
export function notPlainIn(value: unknown, path: string): string | undefined {
  return search(value, path, []);
}

/** @param around the objects that the value is in: one that is in itself has no end */
function search(value: unknown, path: string, around: readonly object[]): string | undefined {
  const what = notPlain(value);
  if (what !== undefined) return `${path}: ${what} is not plain data; use objects, lists, texts, numbers and booleans`;
  if (typeof value !== 'object' || value === null) return undefined;
  if (around.includes(value)) return `${path}: contains itself; write it out`;
  for (const [key, inner] of Object.entries(value)) {
    const found = search(inner, pathTo(path, key, Array.isArray(value), around.length === 0), [...around, value]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a value that is not plain is called; undefined for one that is, whatever is in it. */
function notPlain(value: unknown): string | undefined {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol' || typeof value === 'bigint') return `a ${typeof value}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return undefined;
  const { name = '' } = (value.constructor ?? {}) as { readonly name?: string };
  return name === '' || name === 'Object' ? 'an object with inherited fields' : `an object of class ${name}`;
}

function pathTo(path: string, key: string, isList: boolean, isTop: boolean): string {
  if (isList) return `${path}[${key}]`;
  return isTop ? key : `${path}.${key}`;
}
