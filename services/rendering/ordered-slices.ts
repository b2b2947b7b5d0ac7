import { mapOrdered } from './map-ordered.ts';
import type { RenderPlan } from './render-plan.ts';
import type { RenderedSlice } from './rendered-slice.ts';
import { sliceCount, slicesOf } from './slices.ts';
import { WorkerPool } from './worker-pool.ts';

/** Slices that there are at a time for each worker: one in rendering and one that waits until it is written. */
const SLICES_PER_WORKER = 2;

export interface RenderOptions {
  /** Most worker threads. */
  readonly workers: number;
  /** Ends it early, at once, whatever the workers do. */
  readonly signal?: AbortSignal;
}

/**
 * The text of a plan, slice after slice. Rendering goes no further ahead of whoever takes the slices than two slices a
 * worker: that bounds the memory, however long the range is and however slowly they are taken. The workers are gone when
 * it has ended, also when it is left early.
 */
export async function* orderedSlices(
  plan: RenderPlan,
  { workers, signal }: RenderOptions,
): AsyncGenerator<RenderedSlice, void> {
  if (signal?.aborted) return;
  const { world, definitions, gzip, range } = plan;
  const size = Math.min(workers, sliceCount(range, world.rate));
  const crew = new WorkerPool({ world, definitions, gzip }, size);
  const abort = () => crew.terminate(signal?.reason);
  signal?.addEventListener('abort', abort);
  try {
    for await (const rendered of mapOrdered(slicesOf(plan), SLICES_PER_WORKER * size, (slice) => crew.render(slice))) {
      if (signal?.aborted) return;
      yield rendered;
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
    await crew.terminate(new Error('Nobody takes the slices any more'));
  }
}
