import type { Catalog, CompiledService } from './catalog.ts';
import type { Page, Pages } from './page.ts';
import type { CompiledMoment, TimelineIndex } from './timeline-index.ts';
import { Failures, type VerdictAssigner } from './verdicts.ts';

/** What becomes of a page, each of its lines judged by the moment in force at its own time. */
export interface Judgement {
  /** 1 for each slot whose line is bad. */
  readonly bad: Uint8Array;
  readonly failures: Failures;
}

/** A page that is judged when its first line is told. */
export class JudgedPage implements Page {
  readonly index: number;
  readonly keys: Int32Array;
  readonly starts: Float64Array;
  readonly #judge: (page: Page) => Judgement;
  #judgement: Judgement | undefined;

  constructor({ index, keys, starts }: Page, judgePage: (page: Page) => Judgement) {
    this.index = index;
    this.keys = keys;
    this.starts = starts;
    this.#judge = judgePage;
  }

  get judgement(): Judgement {
    this.#judgement ??= this.#judge(this);
    return this.#judgement;
  }
}

export function judgePage(
  page: Page,
  catalog: Catalog,
  pages: Pages,
  judgePage: VerdictAssigner,
  moments: TimelineIndex,
): Judgement {
  const { slots, journeys, longest } = pages.cast;
  const begin = Math.floor(page.index * pages.length);
  const moment = moments.at(begin);
  const isSteady = moment.to > begin + pages.length + longest + 1;
  const times = isSteady ? undefined : pages.timesOf(page);
  const momentOf = (slot: number): CompiledMoment => (times ? moments.at(times[slot] as number) : moment);
  const bad = isSteady ? judgePage.verdicts(page, moment) : verdictsByMoment(page, slots.length, judgePage, momentOf);
  const failures = new Failures(journeys.length);
  for (const slot of slots) {
    const { isDown } = momentOf(slot.index);
    const { service } = slot.step;
    if (!(bad[slot.index] || isDown[service]) || failures.before(slot)) continue;
    if (journeys[slot.journey]?.background) continue;
    const { unreachable } = catalog.services[service] as CompiledService;
    const failure = isDown[service] ? unreachable : judgePage.failureAt(page, slot);
    if (failure) failures.add(slot, failure);
  }
  return { bad, failures };
}

function verdictsByMoment(
  page: Page,
  slots: number,
  judgePage: VerdictAssigner,
  momentOf: (slot: number) => CompiledMoment,
): Uint8Array {
  const verdicts = new Map<CompiledMoment, Uint8Array>();
  return Uint8Array.from({ length: slots }, (_, slot) => {
    const moment = momentOf(slot);
    const judged = verdicts.get(moment) ?? judgePage.verdicts(page, moment);
    verdicts.set(moment, judged);
    return judged[slot] as number;
  });
}
