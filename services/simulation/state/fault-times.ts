import type { PlannedFault } from '../../../shared/incident.ts';
import { type Spell, type Spells, spellOf } from './spells.ts';

/** When a planned fault is told to have begun, as a share of the time that its gauges take. */
const NOTICED_AFTER = 0.7;

/** A stretch of time in which nothing changes about what is wrong with a service. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly spell: Spell;
}

/**
 * What is wrong with a service at any time: the faults that are planned and, while there is none, what comes by itself.
 * What it keeps is a cache and never changes an answer.
 */
export class FaultTimes {
  readonly #spells: Pick<Spells, 'at'>;
  /** Ascending, without overlaps. */
  readonly #planned: readonly Stretch[];
  #last: Stretch | undefined;

  /**
   * @param spells what comes by itself
   * @param faults of this service
   * @param indexOf index of a cause among the lasting faults
   */
  constructor(spells: Pick<Spells, 'at'>, faults: readonly PlannedFault[], indexOf: (cause: string) => number) {
    this.#spells = spells;
    this.#planned = stretchesOf(faults, indexOf);
  }

  /** The spell at an instant (ms since the epoch); the one that began last, if several are planned. */
  at(time: number): Spell {
    return this.#planned.length === 0 ? this.#spells.at(time) : this.#stretchAt(time).spell;
  }

  /** The last spell of a fault that ended after `from` and at `to` at the latest, unless it is on again by then. */
  endedBetween(fault: number, from: number, to: number): Spell | undefined {
    let stretch = this.#stretchAt(to);
    while (!tells(stretch.spell, fault) && stretch.from > from) {
      stretch = this.#stretchAt(stretch.from - 1);
      const ended = spellOf(stretch.spell, fault);
      if (ended) return ended;
    }
    return undefined;
  }

  #stretchAt(time: number): Stretch {
    if (this.#last && time >= this.#last.from && time < this.#last.to) return this.#last;
    this.#last = this.#find(time);
    return this.#last;
  }

  #find(time: number): Stretch {
    let from = Number.NEGATIVE_INFINITY;
    let to = Number.POSITIVE_INFINITY;
    for (const planned of this.#planned) {
      if (planned.from > time) {
        to = planned.from;
        break;
      }
      if (planned.to > time) return planned;
      from = planned.to;
    }
    const spell = this.#spells.at(time);
    return { from: Math.max(from, spell.from), to: Math.min(to, spell.to), spell };
  }
}

function tells(spell: Spell, fault: number): boolean {
  return spellOf(spell, fault) !== undefined;
}

/** Cuts planned faults, which may overlap, into stretches in which the same ones are on. */
function stretchesOf(faults: readonly PlannedFault[], indexOf: (cause: string) => number): readonly Stretch[] {
  const edges = [...new Set(faults.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  return edges.slice(0, -1).flatMap((from, index) => {
    const to = edges[index + 1] as number;
    const on = faults.filter((fault) => fault.from <= from && fault.to >= to).sort((a, b) => a.from - b.from);
    const spell = on.reduce<Spell | undefined>(
      (earlier, fault) => plannedSpell(fault, indexOf(fault.cause), earlier),
      undefined,
    );
    return spell ? [{ from, to, spell }] : [];
  });
}

function plannedSpell(fault: PlannedFault, index: number, earlier: Spell | undefined): Spell {
  const { from, to, fullFrom, fullTo, target, isAnnounced } = fault;
  return {
    from,
    to,
    fullFrom,
    fullTo,
    noticedAt: from + Math.round(NOTICED_AFTER * (fullFrom - from)),
    recoversAt: fullTo,
    fault: index,
    targetKey: 0,
    target,
    isAnnounced,
    earlier,
  };
}
