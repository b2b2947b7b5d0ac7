import type { ScenariosAnswer } from '../../shared/page-api.ts';

/** What the supervisor, which knows no scenario file, has to be told about scenarios. */
export interface ScenarioCatalogue {
  /** Name of the one that the fleet was started with. */
  readonly running: string | null;
  /**
   * All of them, and what the running one does; of a loop the present round and the next.
   * @param from begin of the timeline, in ms since the epoch, as `now` and the instants in the answer
   */
  list(from: number, now: number): Promise<ScenariosAnswer>;
}
