import type { MeasureId } from './bands.ts';
import type { LogLine } from './lines/log-line.ts';

/** What a measure found in one log. */
export interface Finding {
  readonly id: MeasureId;
  /** All must be within the band. Empty, or NaN, if the log has nothing to measure. */
  readonly figures: readonly number[];
  /** For a count: of how many. 0 if the log has nothing to count. */
  readonly cases?: number;
  /** A few lines or texts behind the figure. */
  readonly examples?: readonly string[];
}

/** Reads each line of a log once, in order, and keeps no more than it needs. */
export interface Measure {
  observe(line: LogLine): void;
  /** Called once, after the last line. */
  findings(): readonly Finding[];
}

/** How many examples are kept. */
export const MAX_EXAMPLES = 3;

/** True if there was something to measure. */
export function isMeasured({ figures, cases }: Finding): boolean {
  return figures.length > 0 && figures.every((figure) => !Number.isNaN(figure)) && cases !== 0;
}
