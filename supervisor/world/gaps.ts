import type { Gap } from '../../shared/world.ts';

/** Gaps kept; the oldest go first. */
const MAX_GAPS = 10_000;

/** An instant that does not come, in ms since the Unix epoch: a gap that is still open ends there. */
const OPEN = Number.MAX_SAFE_INTEGER;

/** What the services did not write although it was due: with it a run can be written again as it was. */
export class Gaps {
  #all: readonly Gap[] = [];

  get all(): readonly Gap[] {
    return this.#all;
  }

  add(gap: Gap): void {
    this.#all = [...this.#all, gap].slice(-MAX_GAPS);
  }

  /** The service has fallen silent after it wrote `writtenAtStart` lines due at `from`. */
  open(service: string, from: number, writtenAtStart: number): void {
    this.add({ service, from, to: OPEN, writtenAtStart });
  }

  /** The service writes again, from that instant on. */
  close(service: string, to: number): void {
    this.#all = this.#all.map((gap) => (gap.service === service && gap.to === OPEN ? { ...gap, to } : gap));
  }
}
