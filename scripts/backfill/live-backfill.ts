import { availableParallelism } from 'node:os';
import type { ServiceDefinition } from '../../services/definition/definition.ts';
import { freeBuffer } from '../../services/rendering/free-buffer.ts';
import { orderedSlices } from '../../services/rendering/ordered-slices.ts';
import type { BackfillSource, BackfillText } from '../../supervisor/write-backfill.ts';
import { startProgress } from './progress.ts';

/** A longer backfill shows a progress bar, in ms. */
const PROGRESS_BAR_FROM_MS = 60_000;

/**
 * The log of the time before a fleet starts, rendered on all cores.
 * @param ms how far it reaches back
 * @param definitions of the user's own services
 */
export function liveBackfill(ms: number, definitions: readonly ServiceDefinition[]): BackfillSource {
  return {
    ms,
    async *text(world, from, to, signal): AsyncGenerator<BackfillText> {
      const range = { from, to };
      const plan = { world, definitions, range, lines: undefined, lastLimit: undefined, gzip: false };
      const progress = to - from > PROGRESS_BAR_FROM_MS ? await startProgress(range, false) : undefined;
      let lines = 0;
      try {
        for await (const rendered of orderedSlices(plan, { workers: availableParallelism(), signal })) {
          yield { ...rendered, until: rendered.slice.to };
          lines += rendered.lines;
          progress?.show(rendered.slice.to, lines);
          freeBuffer(rendered.bytes);
        }
      } finally {
        progress?.end();
      }
    },
  };
}
