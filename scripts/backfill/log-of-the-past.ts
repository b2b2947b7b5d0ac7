import { availableParallelism } from 'node:os';
import type { World } from '../../shared/world.ts';
import type { Past, PastText } from '../../supervisor/past.ts';
import { startProgress } from './progress.ts';
import { release } from './release.ts';
import { slicesInOrder } from './slices-in-order.ts';

/** A past that is longer than this has a progress bar, in ms. */
const WORTH_A_BAR = 60_000;

/** The log of the time before a fleet starts, rendered with all cores. */
export class LogOfThePast implements Past {
  readonly ms: number;
  readonly #modulePaths: readonly string[];

  /**
   * @param ms its length
   * @param modulePaths absolute paths of the modules that define services beside the five
   */
  constructor(ms: number, modulePaths: readonly string[]) {
    this.ms = ms;
    this.#modulePaths = modulePaths;
  }

  async *text(world: World, from: number, to: number, signal: AbortSignal): AsyncGenerator<PastText, void> {
    const range = { from, to };
    const plan = { world, modulePaths: this.#modulePaths, range, lines: undefined, lastLimit: undefined, gzip: false };
    const progress = to - from > WORTH_A_BAR ? await startProgress(range, false) : undefined;
    let lines = 0;
    try {
      for await (const rendered of slicesInOrder(plan, { workers: availableParallelism(), signal })) {
        yield { ...rendered, until: rendered.slice.to };
        lines += rendered.lines;
        progress?.show(rendered.slice.to, lines);
        release(rendered.bytes);
      }
    } finally {
      progress?.end();
    }
  }
}
