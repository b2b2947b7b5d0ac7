const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `41 s`, `12 m 5 s`, `3 h 20 m`, `2 d 5 h`. */
export function formatDuration(ms: number): string {
  const whole = Math.max(0, Math.round(ms / SECOND)) * SECOND;
  if (whole < MINUTE) return `${whole / SECOND} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} m ${(whole % MINUTE) / SECOND} s`;
  if (whole < DAY) return `${Math.floor(whole / HOUR)} h ${Math.floor((whole % HOUR) / MINUTE)} m`;
  return `${Math.floor(whole / DAY)} d ${Math.floor((whole % DAY) / HOUR)} h`;
}

/** A time of day in UTC, as in the log: `18:42:16`. */
export function formatTime(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}

/** A rate with as many digits as it deserves: `0`, `0.83`, `9.4`, `812`, `10,240`. */
export function formatRate(perSecond: number): string {
  const digits = perSecond === 0 ? 0 : perSecond < 1 ? 2 : perSecond < 100 ? 1 : 0;
  return perSecond.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A share of 0 to 1 as `24.0 %`; a dash without lines. */
export function formatShare(bad: number, lines: number): string {
  return lines === 0 ? '–' : `${((100 * bad) / lines).toFixed(1)} %`;
}

export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

export function plural(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}
