/** Collects what is wrong with a value, each error with the path to it. */
export class ValidationErrors {
  readonly #found: string[] = [];

  get all(): readonly string[] {
    return this.#found;
  }

  add(path: string, problem: string): void {
    this.#found.push(`${path}: ${problem}`);
  }

  /** Adds an error unless `isValid`; returns `isValid`, so that checks that depend on it can be left out. */
  check(isValid: boolean, path: string, problem: string): boolean {
    if (!isValid) this.add(path, problem);
    return isValid;
  }

  /** The entries of a plain object; an error and none for anything else, so that none is inherited. */
  entries(value: unknown, path: string): [string, unknown][] {
    if (!this.check(isObject(value), path, `${show(value)} is not an object`)) return [];
    const prototype: unknown = Object.getPrototypeOf(value);
    const isPlain = prototype === Object.prototype || prototype === null;
    const advice = 'is not a plain object; use { … } without the key __proto__';
    return this.check(isPlain, path, advice) ? Object.entries(value as object) : [];
  }

  /** The elements of an array; an error and none for anything else. */
  elements(value: unknown, path: string): readonly unknown[] {
    return this.check(Array.isArray(value), path, `${show(value)} is not a list`) ? (value as unknown[]) : [];
  }

  wholeNumber(value: unknown, path: string, low: number, high: number): boolean {
    const isInRange = Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
    return this.check(isInRange, path, `${show(value)} is not a whole number from ${low} to ${high}`);
  }

  /** Every key of the object must be among `known`: a misspelt one would silently have no effect. */
  onlyKeys(value: object, path: string, known: readonly string[]): void {
    for (const key of Object.keys(value)) {
      this.check(known.includes(key), `${path}.${key}`, `unknown; known here: ${known.join(', ')}`);
    }
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as it is shown in a message. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  // JSON would show NaN and Infinity as null.
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
}
