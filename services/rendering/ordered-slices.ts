import { mapOrdered } from './map-ordered.ts';
import type { RenderPlan } from './render-plan.ts';
import type { RenderedSlice } from './rendered-slice.ts';
import { sliceCount, slicesOf } from './slices.ts';
import { WorkerPool } from './worker-pool.ts';

/** Slices in memory for each worker: one being rendered and one waiting to be written. */
const SLICES_PER_WORKER = 2;

/** How a plan is rendered. */
export interface RenderOptions {
  /** Most worker threads. */
  readonly workers: number;
  /** Ends it at once, whatever the workers are doing. */
  readonly signal?: AbortSignal;
}

/**
 * The text of a plan, slice by slice. Rendering stays at most two slices a worker ahead of the consumer: that bounds the
 * memory, however long the range is and however slowly it is consumed. The workers have ended when the iteration has,
 * also after a `break`. On abort it ends without an error.
 * @throws {Error} when a worker fails
 */
export async function* orderedSlices(
  plan: RenderPlan,
  { workers, signal }: RenderOptions,
): AsyncGenerator<RenderedSlice, void> {
  if (signal?.aborted) return;
  const { world, definitions, gzip, range } = plan;
  const size = Math.min(workers, sliceCount(range, world));
  const pool = new WorkerPool({ world, definitions, gzip }, size);
  const abort = () => pool.terminate(signal?.reason);
  signal?.addEventListener('abort', abort);
  try {
    for await (const rendered of mapOrdered(slicesOf(plan), SLICES_PER_WORKER * size, (slice) => pool.render(slice))) {
      if (signal?.aborted) return;
      yield rendered;
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
    await pool.terminate(new Error('The slices are not consumed any more'));
  }
}
