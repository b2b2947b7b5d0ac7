import type { World } from '../../shared/world.ts';
import type { ServiceDefinition } from '../definition/definition.ts';
import type { RangeText } from '../simulation/simulation.ts';
import type { Slice } from './slices.ts';

/** What a worker needs to know when it starts. */
export interface WorkerTask {
  readonly world: World;
  /** Definitions of the user's own services. */
  readonly definitions: readonly ServiceDefinition[];
  readonly gzip: boolean;
}

/** The content of a slice as a worker sends it; the buffer of `bytes` is transferred, not copied. */
export interface RenderedText extends RangeText {
  /** Bytes of text; more than `bytes` has when that is compressed. */
  readonly textBytes: number;
}

/** A slice and its content. */
export interface RenderedSlice extends RenderedText {
  readonly slice: Slice;
}
