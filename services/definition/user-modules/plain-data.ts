/**
 * Finds what in a value is not plain data and describes it, with the path to it; undefined when there is nothing. Plain
 * are objects, lists, texts, numbers, booleans, null and undefined: a definition is sent to other processes, where nothing
 * else would arrive.
 * @param path of the value itself, for the message
 */
export function findNotPlain(value: unknown, path: string): string | undefined {
  return search(value, path, []);
}

/** @param ancestors the objects around the value, to find one that contains itself */
function search(value: unknown, path: string, ancestors: readonly object[]): string | undefined {
  const kind = notPlainKind(value);
  if (kind !== undefined) return `${path}: ${kind} is not plain data; use objects, lists, texts, numbers and booleans`;
  if (typeof value !== 'object' || value === null) return undefined;
  if (ancestors.includes(value)) return `${path}: contains itself; write it out`;
  for (const [key, inner] of Object.entries(value)) {
    const found = search(inner, pathTo(path, key, Array.isArray(value), ancestors.length === 0), [...ancestors, value]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Names the kind of a value that is not plain; undefined for one that is, whatever it contains. */
function notPlainKind(value: unknown): string | undefined {
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
