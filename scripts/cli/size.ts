/** Decimal, as disks and `ls --si` count; the largest first. */
const UNITS = [
  ['GB', 1_000_000_000],
  ['MB', 1_000_000],
  ['KB', 1_000],
  ['B', 1],
] as const;

/** Bytes that `100MB`, `1.5GB`, `500kb` or `4096` mean; undefined when the text is no size in whole bytes. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([KMG]?B)?$/i.exec(text);
  if (!match) return undefined;
  const unit = match[2]?.toUpperCase() ?? 'B';
  const factor = UNITS.find(([name]) => name === unit)?.[1] ?? 1;
  // 1.1 * 1e9 is a billionth of a byte off.
  const bytes = Number((Number(match[1]) * factor).toPrecision(15));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** The shortest way to write a size: 100000000 as `100MB`. */
export function formatSize(bytes: number): string {
  const [name, factor] = UNITS.find(([, size]) => bytes >= size && bytes % size === 0) ?? ['B', 1];
  return `${bytes / factor}${name}`;
}
