import type { World } from '../../shared/world.ts';
import type { ServiceDefinition } from '../definition/definition.ts';
import type { RangeText } from '../simulation/simulation.ts';
import type { Slice } from './slices.ts';

/** What a worker is told when it starts. */
export interface WorkerTask {
  readonly world: World;
  /** Definitions of the user's own services. */
  readonly definitions: readonly ServiceDefinition[];
  readonly gzip: boolean;
}

/** A slice as the worker hands it back; the memory of `bytes` is handed over too. */
export interface RenderedText extends RangeText {
  /** Bytes of text; more than `bytes` has when that is compressed. */
  readonly textBytes: number;
}

/** A slice and what is in it. */
export interface RenderedSlice extends RenderedText {
  readonly slice: Slice;
}
