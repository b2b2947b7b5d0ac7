import { deriveKey, seedKey, unit } from './hash.ts';
import { bodyMs, hopMs, MAX_HOP_MS, steadyMs, tailFactor } from './latency.ts';
import type { PageTemplate, Stage } from './page-template.ts';
import type { States } from './state/fleet-state.ts';
import type { ServiceState } from './state/service-state.ts';

/** Of the stages that would reach their timeout, the share that do; the others are answered some time before. */
const TIMEOUT_SHARE = 1 / 3;
/** Share of the journeys one stage of which is in the tail of the distribution; more when a fault slows the service. */
const TAIL_SHARE = 0.012;
/** No more than this times its longest usual duration by load alone. */
const MAX_LOAD = 4;
/** The longest tail of a stage without a timeout: this times its longest usual duration, but at most 10 s. */
const MAX_TAIL = 10;
const MAX_TAIL_MS = 10_000;
/** Most slowdown that a fault may have. */
export const MAX_SLOWDOWN = 8;
/** Most of the journeys in the tail: the share grows with the square of the slowdown. */
const MAX_TAIL_SHARE = TAIL_SHARE * MAX_SLOWDOWN * MAX_SLOWDOWN;
/** How much of a slowdown computation feels. */
const STEADY_SLOWDOWN = 0.25;
/** On how many machines the pods of a service run: each keeps to one. */
const MACHINES = 3;
/** How long after its timeout a step ends at the latest, in ms; a power of two. */
const OVERSHOOT_MS = 8;

/**
 * How long the stages of journeys take under one seed.
 *
 * Those that a service watches depend on its load and its faults, now and then take very long, and end shortly after
 * their timeout. The others take what they usually take. At most one stage of a
 * journey is in the tail, which bounds how far back one must look for journeys that are still going on.
 */
export class Durations {
  /** Longest duration of each journey with the hops between its steps, in ms. */
  readonly maxMsOf: readonly number[];
  /** Longest duration of any journey, in ms. */
  readonly maxMs: number;
  readonly #template: PageTemplate;
  readonly #machines: number;
  readonly #statesAt: (time: number) => States;
  /** When each stage ends at the latest, in ms: at its timeout, if it has one. */
  readonly #capMs: readonly number[];
  /** Indexes of the watched stages of each journey. */
  readonly #watched: readonly (readonly number[])[];

  /**
   * @param seed whole number, 0 to 4294967295
   * @param statesAt the states at an instant, in ms since the epoch
   * @param limits in ms, by index
   */
  constructor(template: PageTemplate, seed: number, statesAt: (time: number) => States, limits: Int32Array) {
    const { stages, journeys, firstStage } = template;
    this.#template = template;
    this.#machines = seedKey(seed, 'machines');
    this.#statesAt = statesAt;
    this.#capMs = stages.map((stage) => capMs(stage, limits));
    const stagesOf = journeys.map((kind, journey) =>
      kind.stages.map((_, index) => (firstStage[journey] as number) + index),
    );
    this.#watched = stagesOf.map((indexes) => indexes.filter((index) => (stages[index] as Stage).watchedBy >= 0));
    this.maxMsOf = stagesOf.map((indexes) => {
      const usual = indexes.map((index) => this.#longestByLoad(index));
      const hops = indexes.map((index) => (hasHop(stages[index] as Stage) ? MAX_HOP_MS : 0));
      const tails = indexes.map((index, at) => (this.#capMs[index] as number) + OVERSHOOT_MS - (usual[at] as number));
      return [...usual, ...hops].reduce((sum, ms) => sum + ms, 0) + Math.max(0, ...tails);
    });
    this.maxMs = Math.max(...this.maxMsOf);
  }

  /**
   * Durations of all stages of a page, in ms.
   * @param keys of the journeys
   * @param starts of the journeys, in ms since the epoch
   * @param knownUntil what operators have decided for that time or later (ms since the epoch) counts for nothing
   */
  of(keys: Int32Array, starts: Float64Array, knownUntil = Number.POSITIVE_INFINITY): Int32Array {
    const { stages, firstStage } = this.#template;
    const durations = new Int32Array(stages.length);
    for (let journey = 0; journey < keys.length; journey++) {
      const key = keys[journey] as number;
      const first = firstStage[journey] as number;
      const end = firstStage[journey + 1] ?? stages.length;
      const start = starts[journey] as number;
      const states = this.#statesAt(Math.min(start, knownUntil - 1));
      const slow = this.#slowStage(journey, key, start, states);
      for (let index = first; index < end; index++) {
        const stage = stages[index] as Stage;
        const stageKey = deriveKey(key, 1000 + stage.index);
        let ms = stage.isSteady ? this.#steadyMs(stage, key, stageKey) : bodyMs(stageKey, stage.minMs, stage.maxMs);
        if (stage.watchedBy >= 0) ms = this.#watchedMs(index, ms, stageKey, start, states, index === slow);
        durations[index] = ms;
      }
    }
    return durations;
  }

  /**
   * When each stage of a page ends, in ms after the start of its journey: a line is written some time after the end of what
   * it tells.
   * @param keys of the journeys
   * @param durations of the stages, in ms
   */
  endsOf(keys: Int32Array, durations: Int32Array): Int32Array {
    const { stages, firstStage } = this.#template;
    const ends = new Int32Array(stages.length);
    for (let journey = 0; journey < keys.length; journey++) {
      const key = keys[journey] as number;
      const last = firstStage[journey + 1] ?? stages.length;
      let end = 0;
      for (let index = firstStage[journey] as number; index < last; index++) {
        const ms = durations[index] as number;
        end += ms;
        if (hasHop(stages[index] as Stage)) end += hopMs(deriveKey(key, 1500 + index), ms);
        ends[index] = end;
      }
    }
    return ends;
  }

  #steadyMs({ minMs, maxMs }: Stage, key: number, stageKey: number): number {
    // By the key that also names the pod.
    const machine = Math.floor(unit(deriveKey(key, 8)) * MACHINES);
    return steadyMs(stageKey, deriveKey(this.#machines, machine), minMs, maxMs);
  }

  #watchedMs(index: number, usualMs: number, key: number, start: number, states: States, isSlow: boolean): number {
    const { watchedBy, minMs, maxMs, isSteady } = this.#template.stages[index] as Stage;
    const state = states[watchedBy] as ServiceState;
    // Computation waits for nobody: most of what slows a service concerns what it calls.
    const load = isSteady ? 1 + (state.slowdownAt(start) - 1) * STEADY_SLOWDOWN : state.loadAt(start);
    const loaded = Math.min(usualMs * load, maxMs * MAX_LOAD);
    const ms = isSlow ? Math.max(loaded, maxMs * tailFactor(key) * Math.max(1, load)) : loaded;
    const cap = this.#capMs[index] as number;
    if (ms < cap) return Math.max(minMs, ms);
    const x = unit(deriveKey(key, 1)) / TIMEOUT_SHARE;
    if (x < 1) return cap + (key & (OVERSHOOT_MS - 1));
    const rest = (x - 1) / (1 / TIMEOUT_SHARE - 1);
    return Math.min(maxMs, cap) + Math.max(0, cap - maxMs) * rest * rest;
  }

  /** Index of the stage of the journey that is in the tail; -1 for none. */
  #slowStage(journey: number, key: number, start: number, states: States): number {
    const watched = this.#watched[journey] as readonly number[];
    if (watched.length === 0) return -1;
    const x = unit(deriveKey(key, 900));
    const index = watched[Math.floor(unit(deriveKey(key, 901)) * watched.length)] as number;
    const { watchedBy } = this.#template.stages[index] as Stage;
    if (x >= MAX_TAIL_SHARE) return -1;
    const slowdown = (states[watchedBy] as ServiceState).slowdownAt(start);
    return x < TAIL_SHARE * slowdown * slowdown ? index : -1;
  }

  #longestByLoad(index: number): number {
    const { watchedBy, maxMs } = this.#template.stages[index] as Stage;
    return watchedBy < 0 ? maxMs : Math.min(maxMs * MAX_LOAD, (this.#capMs[index] as number) + OVERSHOOT_MS);
  }
}

/** A line of a service itself takes no time, and no hop leads to it. */
function hasHop({ maxMs }: Stage): boolean {
  return maxMs > 0;
}

function capMs({ maxMs, watchedBy, timeouts }: Stage, limits: Int32Array): number {
  if (watchedBy < 0) return maxMs;
  if (timeouts.length === 0) return Math.max(maxMs, Math.min(maxMs * MAX_TAIL, MAX_TAIL_MS));
  return Math.min(...timeouts.map((index) => limits[index] as number));
}
