import type { Incident } from './incident.ts';
import type { Surge } from './world.ts';

/** A process that is to be killed. */
export interface PlannedKill {
  /** In ms since the epoch. */
  readonly at: number;
  /** Short name of the service. */
  readonly service: string;
}

/** What a scenario does, with instants of the world. */
export interface ScenarioPlan {
  readonly incidents: readonly Incident[];
  readonly surges: readonly Surge[];
  readonly kills: readonly PlannedKill[];
}
