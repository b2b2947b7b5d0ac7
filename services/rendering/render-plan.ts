import type { World } from '../../shared/world.ts';
import type { ServiceDefinition } from '../definition/definition.ts';

/** From one instant until before another, in ms since the epoch. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** What to render, independent of where it is written. */
export interface RenderPlan {
  readonly world: World;
  /** Definitions of the user's own services. */
  readonly definitions: readonly ServiceDefinition[];
  readonly range: TimeRange;
  /** How many lines there are, when the end was given as a number of lines; otherwise they are not counted. */
  readonly lines: number | undefined;
  /** Most lines of the last slice: its last millisecond may have more than were asked for. */
  readonly lastLimit: number | undefined;
  /** Each slice as a gzip member: concatenated they are a gzip file. */
  readonly gzip: boolean;
}
