import { inspect } from 'node:util';

/** Any value in one line, for messages. */
export function formatValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Error) return `${value.name}: ${JSON.stringify(value.message)}`;
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY, compact: true, depth: 0 });
}
