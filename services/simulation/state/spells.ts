import type { FaultPhase } from '../../definition/definition.ts';
import { deriveKey, keyAt, mix, skewedInt, unit } from '../hash.ts';

/** A stretch of time in which one fault of a service lasts. */
export interface Spell {
  /** From this instant on, in ms since the epoch … */
  readonly from: number;
  /** … and before this one. */
  readonly to: number;
  /** Index of the lasting fault; -1 while there is none. */
  readonly fault: number;
  /** Gauges rise to what they are during the fault until this instant … */
  readonly fullFrom: number;
  /** … and fall again from this one on. */
  readonly fullTo: number;
  /**
   * The service says then that it has begun: the first failures precede what they lead to, such as a circuit breaker that
   * opens.
   */
  readonly noticedAt: number;
  /** And that it begins to pass. */
  readonly recoversAt: number;
  /** Key that decides which of several targets has it … */
  readonly targetKey: number;
  /** … unless it is named here. */
  readonly target: string | undefined;
  /** Whether the service says that it began and ended. */
  readonly isAnnounced: boolean;
  /** Another fault, which began earlier and is still on; only where both are planned. */
  readonly earlier: Spell | undefined;
}

/** How long a gauge takes from its usual range to that of a fault, and back, in ms. */
const RAMP = { upMs: 200_000, downMs: 20_000 };
/** A report each half minute tells a fault before gauges are where the fault takes them; in ms. */
const NOTICED_AFTER_MS = 150_000;
/** How long before its end a lasting fault begins to pass, in ms. */
const RECOVERY_MS = 60_000;

const MINUTE_MS = 60_000;
/** They begin at whole half minutes UTC, so that what is due then can tell them at once. */
const GRID_MS = MINUTE_MS / 2;
const MIN_MS = 5 * MINUTE_MS;
const MAX_MS = 40 * MINUTE_MS;
/** Time is cut into blocks of this length, and each block into spells, so that none is found through its predecessors. */
const BLOCK_MS = 120 * MINUTE_MS;

/** With fewer bad lines in ten than these a service has fewer lasting faults, in proportion. */
const BUSY_RATIO = 2;

/** The share of its lasting faults that a service has at a ratio (bad lines in ten, without those of incidents): 0 to 1. */
export function shareOfSpells(ratio: number): number {
  return Math.min(1, ratio / BUSY_RATIO);
}

/**
 * The lasting faults of a service over time: one after the other, each for 5 to 40 minutes. Of these a share is on; a
 * larger share has all that a smaller one has.
 */
export class Spells {
  readonly #key: number;
  /** Ascending; the last one is the sum of all weights. */
  readonly #cumulativeWeights: readonly number[];
  readonly #share: number;
  #block = Number.NaN;
  #spells: readonly Spell[] = [];
  #last: Spell = spell(0, 0, -1, 0);

  /**
   * @param key of the service under the seed
   * @param weights how often each fault is on
   * @param share of the spells that are on, 0 to 1; in the time of the others there is no fault
   */
  constructor(key: number, weights: readonly number[], share = 1) {
    this.#key = key;
    this.#share = share;
    let sum = 0;
    this.#cumulativeWeights = weights.map((weight) => {
      sum += weight;
      return sum;
    });
  }

  /** The spell at an instant (ms since the epoch). */
  at(time: number): Spell {
    if (!(time >= this.#last.from && time < this.#last.to)) this.#last = this.#find(time);
    return this.#last;
  }

  #find(time: number): Spell {
    // The blocks of the services do not begin together.
    const phase = Math.floor((unit(this.#key) * BLOCK_MS) / GRID_MS) * GRID_MS;
    const block = Math.floor((time + phase) / BLOCK_MS);
    if (block !== this.#block) {
      this.#block = block;
      this.#spells = this.#cut(block, block * BLOCK_MS - phase, (block + 1) * BLOCK_MS - phase);
    }
    return this.#spells.find(({ to }) => time < to) ?? (this.#spells.at(-1) as Spell);
  }

  #cut(block: number, begin: number, end: number): readonly Spell[] {
    const key = this.#keyOf(block);
    const next = this.#faultOf(mix(deriveKey(this.#keyOf(block + 1), 0)));
    const spells: Spell[] = [];
    for (let from = begin; from < end; ) {
      const spellKey = deriveKey(key, spells.length);
      const rest = end - from;
      const length = Math.min(skewedInt(spellKey, MIN_MS / GRID_MS, MAX_MS / GRID_MS) * GRID_MS, rest - MIN_MS);
      // What would remain is too short for a spell of its own.
      const to = rest < 2 * MIN_MS ? end : from + length;
      // One fault does not follow itself: it would end and begin at once.
      const neighbours = [spells.at(-1)?.fault, to === end && spells.length > 0 ? next : undefined];
      const fault = this.#otherThan(neighbours, this.#faultOf(mix(spellKey)));
      spells.push(spell(from, to, fault, deriveKey(spellKey, 1)));
      from = to;
    }
    // Afterwards, so that it decides nothing about the others.
    return spells.map((all, index) => (this.#isOn(deriveKey(key, index)) ? all : spell(all.from, all.to, -1, 0)));
  }

  #isOn(spellKey: number): boolean {
    return this.#share === 1 || unit(deriveKey(spellKey, 2)) < this.#share;
  }

  #keyOf(block: number): number {
    return keyAt(deriveKey(this.#key, 1), block);
  }

  /** The fault or, where it is one of the others, one after it; with fewer than three faults it may have to be the same. */
  #otherThan(others: readonly (number | undefined)[], fault: number): number {
    const count = this.#cumulativeWeights.length;
    for (let step = 0; step < count; step++) {
      const candidate = (fault + step) % count;
      if (!others.includes(candidate)) return candidate;
    }
    return fault;
  }

  #faultOf(key: number): number {
    const weights = this.#cumulativeWeights;
    const at = unit(key) * (weights.at(-1) ?? 0);
    return weights.findIndex((weight) => at < weight);
  }
}

function spell(from: number, to: number, fault: number, targetKey: number): Spell {
  return {
    from,
    to,
    fault,
    fullFrom: from + RAMP.upMs,
    fullTo: to - RAMP.downMs,
    noticedAt: from + NOTICED_AFTER_MS,
    recoversAt: to - RECOVERY_MS,
    targetKey,
    target: undefined,
    isAnnounced: true,
    earlier: undefined,
  };
}

const NO_SPELL = spell(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, -1, 0);

/** A service that never has a lasting fault. */
export const CALM: Pick<Spells, 'at'> = { at: () => NO_SPELL };

/** How far a spell is. */
export function phaseOf({ noticedAt, recoversAt }: Spell, time: number): FaultPhase {
  if (time < noticedAt) return 'onset';
  return time < recoversAt ? 'peak' : 'recovery';
}

/** The spell of a fault among those that are on together. */
export function spellOf(spell: Spell | undefined, fault: number): Spell | undefined {
  let candidate = spell;
  while (candidate && candidate.fault !== fault) candidate = candidate.earlier;
  return candidate;
}
