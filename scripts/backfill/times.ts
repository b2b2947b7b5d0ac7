import { LIMITS } from '../../shared/defaults.ts';
import type { UserError } from '../../shared/errors.ts';
import { LENGTH_ADVICE, parseLength } from '../../shared/length-of-time.ts';
import { invalidValue } from '../cli/option-values.ts';

const DATE = /^\d{4}-\d\d-\d\d$/;

/** RFC 3339, seconds and the colon of the offset being optional. Digits after the millisecond are ignored. */
const INSTANT =
  /^(\d{4}-\d\d-\d\d)[T ]((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d)?(?:\.(\d{1,9}))?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)$/;

/**
 * The instant that `2026-11-01T00:00:00Z`, `2026-11-01` (midnight UTC), `now` or `-7d` means, in ms since the epoch.
 * @param option named in messages: `--from`
 * @param now in ms since the epoch
 * @throws {UserError} `bad-option`
 */
export function parseInstant(option: string, text: string, now: number): number {
  const time = text === 'now' ? now : (relative(text, now) ?? midnight(text) ?? instant(text));
  if (time === undefined) throw unreadable(option, text);
  if (time >= LIMITS.time.min && time < LIMITS.time.max) return time;
  throw invalidValue(option, text, 'use a time from 1970 to 2199');
}

/**
 * How long `24h`, `1h30m`, `30s` or `2w` is, in ms.
 * @param option named in messages: `--backfill`
 * @param now in ms since the epoch; the duration reaches back to 1970 at most
 * @throws {UserError} `bad-option`
 */
export function parseDuration(option: string, text: string, now: number): number {
  const ms = parseLength(text) ?? 0;
  if (ms > 0 && ms <= now - LIMITS.time.min) return ms;
  throw invalidValue(option, text, ms > 0 ? 'use one that does not reach back beyond 1970' : LENGTH_ADVICE);
}

/** True if the text means a different instant each time it is read. */
export function dependsOnClock(text: string): boolean {
  return text === 'now' || relative(text, 0) !== undefined;
}

function relative(text: string, now: number): number | undefined {
  const ms = text.startsWith('-') ? parseLength(text.slice(1)) : undefined;
  return ms === undefined ? undefined : now - ms;
}

function midnight(text: string): number | undefined {
  if (!DATE.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  // V8 takes 30 February for 2 March.
  return new Date(time).getUTCDate() === Number(text.slice(-2)) ? time : undefined;
}

function instant(text: string): number | undefined {
  const [, date = '', minutes, seconds = ':00', fraction = '', zone = ''] = INSTANT.exec(text.toUpperCase()) ?? [];
  if (midnight(date) === undefined) return undefined;
  const ms = fraction.slice(0, 3).padEnd(3, '0');
  return Date.parse(`${date}T${minutes}${seconds}.${ms}${zone.replace(/(\d\d):?(\d\d)/, '$1:$2')}`);
}

function unreadable(option: string, text: string): UserError {
  const isLocal = instant(`${text}Z`) !== undefined;
  const advice = isLocal
    ? `add the time zone, for example ${option} ${text.replace(' ', 'T')}Z`
    : `use a time such as 2026-11-01T00:00:00Z, 2026-11-01, now, -7d, -24h, -90m or -30s`;
  return invalidValue(option, text, advice);
}
