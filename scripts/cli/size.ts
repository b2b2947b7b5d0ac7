/** Decimal units, as for disks and `ls --si`; the largest first. */
const UNITS = [
  ['GB', 1_000_000_000],
  ['MB', 1_000_000],
  ['KB', 1_000],
  ['B', 1],
] as const;

/** The number of bytes that `100MB`, `1.5GB`, `500kb` or `4096` means; undefined if it is not a whole number. */
export function parseSize(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([KMG]?B)?$/.exec(text.toUpperCase()) ?? [];
  const factor = UNITS.find(([name]) => name === unit)?.[1] ?? 1;
  // 1.1 * 1e9 is off by less than a byte.
  const bytes = Number((Number(amount) * factor).toPrecision(15));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** The shortest form of a size: `100MB` for 100,000,000 bytes. */
export function formatSize(bytes: number): string {
  const [name, factor] = UNITS.find(([, size]) => bytes >= size && bytes % size === 0) ?? ['B', 1];
  return `${bytes / factor}${name}`;
}
