import type { Gap } from '../../shared/world.ts';

/** Beyond this the oldest are dropped. */
const MAX_GAPS = 10_000;

/** End of a gap that is still open, in ms since the Unix epoch: an instant that never comes. */
const OPEN = Number.MAX_SAFE_INTEGER;

/** Lines that were due and not written, by service and time: a replay of the run leaves them out too. */
export class Gaps {
  #all: readonly Gap[] = [];

  /** In the order in which they began. */
  get all(): readonly Gap[] {
    return this.#all;
  }

  add(gap: Gap): void {
    this.#all = [...this.#all, gap].slice(-MAX_GAPS);
  }

  /** The service writes nothing any more; of the lines due at `from` itself it has written `writtenAtStart`. */
  open(service: string, from: number, writtenAtStart: number): void {
    this.add({ service, from, to: OPEN, writtenAtStart });
  }

  /** The service writes again from `to` on. */
  close(service: string, to: number): void {
    this.#all = this.#all.map((gap) => (gap.service === service && gap.to === OPEN ? { ...gap, to } : gap));
  }
}
