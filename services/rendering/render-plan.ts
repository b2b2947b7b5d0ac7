import type { World } from '../../shared/world.ts';
import type { ServiceDefinition } from '../definition/definition.ts';

/** From one instant until before another, in ms since the epoch. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** What is to be rendered, wherever it goes. */
export interface RenderPlan {
  readonly world: World;
  /** Definitions of the user's own services. */
  readonly definitions: readonly ServiceDefinition[];
  readonly range: TimeRange;
  /** How many lines there are, when the end was given so; otherwise nobody has counted. */
  readonly lines: number | undefined;
  /** Of the range's last slice no more than so many lines: the last millisecond may have more than were asked for. */
  readonly lastLimit: number | undefined;
  /** Each slice as a gzip member of its own: put end to end they are a gzip file. */
  readonly gzip: boolean;
}
