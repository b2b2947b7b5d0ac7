import { inOrder } from './map-ordered.ts';
import type { RenderPlan } from './render-plan.ts';
import type { RenderedSlice } from './rendered-slice.ts';
import { sliceCount, slicesOf } from './slices.ts';
import { Crew } from './worker-pool.ts';

/** Slices that there are at a time for each worker: one in rendering and one that waits until it is written. */
const AHEAD = 2;

export interface Effort {
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
export async function* slicesInOrder(
  plan: RenderPlan,
  { workers, signal }: Effort,
): AsyncGenerator<RenderedSlice, void> {
  if (signal?.aborted) return;
  const { world, definitions, gzip, range } = plan;
  const size = Math.min(workers, sliceCount(range, world.rate));
  const crew = new Crew({ world, definitions, gzip }, size);
  const abort = () => crew.dismiss(signal?.reason);
  signal?.addEventListener('abort', abort);
  try {
    for await (const rendered of inOrder(slicesOf(plan), AHEAD * size, (slice) => crew.render(slice))) {
      if (signal?.aborted) return;
      yield rendered;
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
    await crew.dismiss(new Error('Nobody takes the slices any more'));
  }
}
