import { inspect } from 'node:util';

/** Whatever was given instead of what was expected, in one line. */
export function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : inspect(value, { breakLength: Infinity, depth: 0 });
}
