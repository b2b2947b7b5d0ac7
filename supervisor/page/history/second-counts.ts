import { type Counts, HISTORY_SECONDS, type History, type SecondOfCounts } from '../../../shared/page-api.ts';
import { forEachHead, type LineHead, lastSecond } from './line-heads.ts';

/** A service as commands and as the log call it. */
export interface NamedService {
  readonly name: string;
  readonly logName: string;
}

/** Numbers of lines by severity, for each service in turn. */
type Second = Uint32Array;

const SEVERITIES = 3;

/** A batch of a backfill, in order of time: most of them are from before the history. */
const LARGE_BYTES = 65_536;

/** Numbers of lines per second, service and level over the last 15 minutes, by the lines' own time stamps. */
export class SecondCounts {
  readonly #services: readonly NamedService[];
  readonly #offsets: ReadonlyMap<string, number>;
  /** By the begin of the second. */
  readonly #seconds = new Map<number, Second>();
  #changed = new Set<number>();

  constructor(services: readonly NamedService[]) {
    this.#services = services;
    this.#offsets = new Map(services.map(({ logName }, index) => [logName, index * SEVERITIES]));
  }

  /**
   * Counts lines, but those from before the history.
   * @param now in ms since the Unix epoch
   */
  add(lines: Buffer, now: number): void {
    const oldest = oldestSecond(now);
    if (lines.length > LARGE_BYTES && lastSecond(lines) < oldest) return;
    let at = Number.NaN;
    let counts: Second | undefined;
    forEachHead(lines, ({ second, service, severity }: LineHead) => {
      if (second < oldest) return;
      const offset = this.#offsets.get(service);
      if (offset === undefined) return;
      if (second !== at || !counts) {
        at = second;
        counts = this.#second(second, oldest);
      }
      const index = offset + severity;
      counts[index] = (counts[index] as number) + 1;
    });
  }

  /** The seconds whose counts have changed since the last call. */
  takeChanged(): History {
    const changed = [...this.#changed].sort((a, b) => a - b);
    this.#changed = new Set();
    return changed.flatMap((at) => this.#answer(at) ?? []);
  }

  /** The last 15 minutes, in order of time. */
  all(now: number): History {
    const oldest = oldestSecond(now);
    const seconds = [...this.#seconds.keys()].filter((at) => at >= oldest).sort((a, b) => a - b);
    return seconds.flatMap((at) => this.#answer(at) ?? []);
  }

  #second(at: number, oldest: number): Second {
    this.#changed.add(at);
    let second = this.#seconds.get(at);
    if (!second) {
      if (this.#seconds.size >= HISTORY_SECONDS) this.#forget(oldest);
      second = new Uint32Array(this.#services.length * SEVERITIES);
      this.#seconds.set(at, second);
    }
    return second;
  }

  /** A clock that was set back leaves seconds in the future: the last ones of those go. */
  #forget(oldest: number): void {
    for (const at of this.#seconds.keys()) if (at < oldest) this.#drop(at);
    while (this.#seconds.size >= HISTORY_SECONDS) this.#drop(Math.max(...this.#seconds.keys()));
  }

  #drop(at: number): void {
    this.#seconds.delete(at);
    this.#changed.delete(at);
  }

  #answer(at: number): SecondOfCounts | undefined {
    const second = this.#seconds.get(at);
    if (!second) return undefined;
    const counts = this.#services.flatMap(({ name }, index) => {
      const own = second.subarray(index * SEVERITIES, (index + 1) * SEVERITIES);
      return own.some((count) => count > 0) ? [[name, [...own] as unknown as Counts] as const] : [];
    });
    return { at, counts: Object.fromEntries(counts) };
  }
}

/** Begin of the first second of the history, in ms. */
function oldestSecond(now: number): number {
  return (Math.floor(now / 1000) - HISTORY_SECONDS + 1) * 1000;
}
