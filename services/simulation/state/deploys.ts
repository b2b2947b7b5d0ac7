import type { PlannedDeploy } from '../../../shared/incident.ts';
import { formatTimestamp } from '../../../shared/record.ts';
import { deriveKey, hex, keyAt, uniformInt, unit } from '../hash.ts';

/** A release of a service, rolled out from one instant to another (ms since the epoch). */
export interface Deploy {
  readonly from: number;
  readonly to: number;
  readonly key: number;
  /** By default it is named after day and key. */
  readonly version?: string | undefined;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Share of working days with a release. */
const SHARE = 0.4;
/** So many days without one would be a coincidence of one in ten million years. */
const MAX_DAYS_BACK = 120;
/** Letters and digits that Kubernetes uses in the names of pods: without vowels, so that no words come about. */
const POD_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** The releases of a service: on some working days, during office hours UTC, and those that are planned. */
export class Deploys {
  readonly #key: number;
  /** The last one first. */
  readonly #planned: readonly Deploy[];
  #day = Number.NaN;
  #today: Deploy | undefined;
  #previous: Deploy | undefined;

  constructor(key: number, planned: readonly PlannedDeploy[] = []) {
    this.#key = key;
    this.#planned = planned
      .map(({ from, to, version }) => ({ from, to, version, key: keyAt(deriveKey(key, 5), from) }))
      .sort((a, b) => b.from - a.from);
  }

  /** The last release that began at `time` or before. */
  at(time: number): Deploy {
    const own = this.#ownAt(time);
    const planned = this.#planned.find(({ from }) => from <= time);
    return planned && planned.from >= own.from ? planned : own;
  }

  #ownAt(time: number): Deploy {
    this.#moveTo(Math.floor(time / DAY_MS));
    if (this.#today && this.#today.from <= time) return this.#today;
    return this.#previous as Deploy;
  }

  #moveTo(day: number): void {
    if (day === this.#day) return;
    this.#day = day;
    this.#today = this.#ofDay(day);
    this.#previous = undefined;
    for (let back = 1; !this.#previous; back++) this.#previous = this.#ofDay(day - back, back > MAX_DAYS_BACK);
  }

  #ofDay(day: number, always = false): Deploy | undefined {
    const key = keyAt(this.#key, day);
    // 1 January 1970 was a Thursday.
    const weekday = (day + 4) % 7;
    const isWorkingDay = weekday >= 1 && weekday <= 5;
    if (!always && !(isWorkingDay && unit(key) < SHARE)) return undefined;
    const from = day * DAY_MS + uniformInt(deriveKey(key, 1), 8 * HOUR_MS, 16 * HOUR_MS);
    return { from, to: from + uniformInt(deriveKey(key, 2), 90_000, 260_000), key };
  }
}

/** The version that a release brought, such as `2026.11.18-3f2a1cb`. */
export function versionOf({ from, key, version }: Deploy): string {
  return version ?? `${formatTimestamp(from).slice(0, 10).replaceAll('-', '.')}-${hex(deriveKey(key, 3), 7)}`;
}

/** Names of the three pods of a release, such as `auth-6c4f9d7b8-x2x4q`. */
export function podsOf(service: string, { key }: Deploy): readonly string[] {
  const name = `${service}-${letters(deriveKey(key, 4), 9)}`;
  return [10, 11, 12].map((replica) => `${name}-${letters(deriveKey(key, replica), 5)}`);
}

function letters(key: number, count: number): string {
  const drawn = Array.from({ length: count }, (_, i) => unit(deriveKey(key, i)));
  return drawn.map((x) => POD_LETTERS[Math.floor(x * POD_LETTERS.length)]).join('');
}
