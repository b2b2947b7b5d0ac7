import { LIMITS } from '../../shared/defaults.ts';
import { UserError } from '../../shared/errors.ts';

/** Length of the units of relative times, in ms. */
const UNITS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const RELATIVE = /^-(\d{1,10})([smhdw])$/;

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** As ISO 8601 and RFC 3339 have it; digits beyond the millisecond are cut off. */
const INSTANT = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)$/i;

/**
 * The instant that `2026-11-01T00:00:00Z`, `2026-11-01` (midnight UTC), `now` or `-7d` means, in ms since the epoch.
 * @param option after which it was typed
 * @param now in ms since the epoch
 * @throws {UserError} `bad-option`
 */
export function parseInstant(option: string, text: string, now: number): number {
  const time = text === 'now' ? now : (relative(text, now) ?? midnight(text) ?? instant(text));
  if (time === undefined) throw unreadable(option, text);
  if (time >= LIMITS.time.min && time < LIMITS.time.max) return time;
  throw new UserError('bad-option', `${option}: ${JSON.stringify(text)} is invalid; use a time from 1970 to 2199`);
}

const LENGTH = /^(\d{1,10})([smhdw])$/;

/**
 * How long `24h`, `7d`, `90m`, `30s` or `2w` is, in ms.
 * @param now in ms since the epoch: it is no longer than from 1970 until then
 * @throws {UserError} `bad-option`
 */
export function parseDuration(option: string, text: string, now: number): number {
  const [, count = '', unit = ''] = LENGTH.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (ms > 0 && ms <= now - LIMITS.time.min) return ms;
  const advice = `use a length of time since 1970, for example ${option} 24h, 7d, 90m or 30s`;
  throw new UserError('bad-option', `${option}: ${JSON.stringify(text)} is invalid; ${advice}`);
}

/** True when the text means another instant whenever it is read. */
export function dependsOnClock(text: string): boolean {
  return text === 'now' || RELATIVE.test(text);
}

function relative(text: string, now: number): number | undefined {
  const [, count, unit] = RELATIVE.exec(text) ?? [];
  return count && unit ? now - Number(count) * (UNITS[unit] as number) : undefined;
}

function midnight(text: string): number | undefined {
  const [, year, month, day] = (DATE.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const time = new Date(Date.UTC(year, month - 1, day));
  // 30 February would become 2 March.
  return time.getUTCMonth() === month - 1 && time.getUTCDate() === day ? time.getTime() : undefined;
}

function instant(text: string): number | undefined {
  const [, date = '', hour, minute, second = 0, fraction = '', zone = ''] = INSTANT.exec(text) ?? [];
  const day = midnight(date);
  const offset = offsetOf(zone);
  if (day === undefined || offset === undefined) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return day + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1_000 + ms - offset;
}

/** How far local time is ahead of UTC, in ms. */
function offsetOf(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function unreadable(option: string, text: string): UserError {
  const isLocal = INSTANT.test(`${text}Z`) && instant(`${text}Z`) !== undefined;
  const advice = isLocal
    ? `say of which time zone, for example ${option} ${text.replace(' ', 'T')}Z`
    : `use a time such as 2026-11-01T00:00:00Z, 2026-11-01, now, -7d, -24h, -90m or -30s`;
  return new UserError('bad-option', `${option}: ${JSON.stringify(text)} is invalid; ${advice}`);
}
