/** Lengths of time as people write them, in files and options. */

/** In ms, the longest first. */
const UNITS: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

/** So few digits that the sum is exact. */
const PATTERN = /^(?:\d{1,6}w)?(?:\d{1,6}d)?(?:\d{1,6}h)?(?:\d{1,6}m)?(?:\d{1,6}s)?$/;

/** What to use instead of a text that is no length of time. */
export const LENGTH_ADVICE = 'use a length of time such as 90s, 24h, 1h30m, 7d or 2w';

/** How long `90s`, `5m`, `1h30m`, `2d` or `1w` is, in ms; undefined for anything else. */
export function parseLength(text: unknown): number | undefined {
  if (typeof text !== 'string' || text === '' || !PATTERN.test(text)) return undefined;
  const parts = text.match(/\d+[a-z]/g) ?? [];
  return parts.reduce((sum, part) => sum + Number(part.slice(0, -1)) * (UNITS[part.slice(-1)] as number), 0);
}

/** The shortest such text for a length in ms, to the second; in days and less. */
export function formatLength(ms: number): string {
  let rest = Math.round(ms / 1000) * 1000;
  if (rest === 0) return '0s';
  return Object.entries(UNITS)
    .filter(([unit]) => unit !== 'w')
    .map(([unit, length]) => {
      const count = Math.floor(rest / length);
      rest -= count * length;
      return count > 0 ? `${count}${unit}` : '';
    })
    .join('');
}
