const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const PATTERN = /^(?:\d{1,5}d)?(?:\d{1,5}h)?(?:\d{1,5}m)?(?:\d{1,6}s)?$/;

/** How long `90s`, `5m`, `1h30m` or `2d` is, in ms; undefined for anything else. */
export function parseLength(text: unknown): number | undefined {
  if (typeof text !== 'string' || text === '' || !PATTERN.test(text)) return undefined;
  const parts = text.match(/\d+[smhd]/g) ?? [];
  return parts.reduce((sum, part) => sum + Number(part.slice(0, -1)) * (UNITS[part.slice(-1)] as number), 0);
}

/** The shortest such text for a length in ms, to the second. */
export function formatLength(ms: number): string {
  let rest = Math.round(ms / 1000) * 1000;
  if (rest === 0) return '0s';
  return Object.entries(UNITS)
    .reverse()
    .map(([unit, length]) => {
      const count = Math.floor(rest / length);
      rest -= count * length;
      return count > 0 ? `${count}${unit}` : '';
    })
    .join('');
}
