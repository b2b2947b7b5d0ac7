import type { Place } from '../../simulation/common-placeholders.ts';
import type { OwnNames } from './check-state.ts';

/** Where a variant stands, which decides what is allowed in it. */
export interface ListContext {
  readonly quality: 'good' | 'bad';
  /** Whether it may end the journey. */
  readonly mayFail: boolean;
  readonly place: Place;
  /** Longest usual duration of the step, in ms; 0 for a line that belongs to no journey. */
  readonly maxMs: number;
  /** Whether it comes by the clock. */
  readonly isScheduled: boolean;
  readonly own: OwnNames;
}
