import type { Ratios } from '../../shared/ratios.ts';
import type { PlannedKill } from '../../shared/scenario-plan.ts';
import type { Traffic, World } from '../../shared/world.ts';
import { horizonAt, type LiveScenario } from '../scenario/live-scenario.ts';

/** What decides which lines are written. */
export interface WorldSettings {
  readonly ratios: Ratios;
  /** Lines per second of the whole fleet. */
  readonly rate: number;
  /** Default: steady. */
  readonly traffic?: Traffic;
  readonly seed: number;
  /** How long before its start the log of a fleet begins, in ms. */
  readonly backfillMs?: number;
  /** It begins where the log does. */
  readonly scenario?: LiveScenario;
}

/** The world as it is when a fleet is created, and who is to be killed by its scenario. */
export function firstWorld({ ratios, rate, traffic = 'steady', seed, backfillMs = 0, scenario }: WorldSettings): {
  readonly world: World;
  readonly kills: readonly PlannedKill[];
} {
  const now = Date.now();
  const first = { at: now - backfillMs, ratios, down: [] };
  const world = { seed, rate, traffic };
  if (!scenario) return { world: { ...world, timeline: [first] }, kills: [] };
  const { incidents, surges, kills } = scenario.plan(first.at, now, horizonAt(now));
  return { world: { ...world, surges, timeline: [{ ...first, incidents }] }, kills };
}
