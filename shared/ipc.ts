import type { World } from './world.ts';

/** Supervisor to service process. */
export type ToService =
  /**
   * First phase of a change: answer `prepared` and write nothing more until the world of that version arrives. Without
   * it, a process that reads `commit` late would already have written lines of the old world past the change.
   */
  | { readonly type: 'prepare'; readonly version: number }
  /** Second phase: the new world. With `from`, also the instant at which the service starts to write. */
  | { readonly type: 'commit'; readonly version: number; readonly world: World; readonly from?: number }
  /** Write nothing until `resume`: the reader does not keep up. Changes of the world are still applied. */
  | { readonly type: 'pause' }
  /** Write lines due from now on; those due during the pause are dropped and reported with `dropped`. */
  | { readonly type: 'resume' }
  /** Answer to `resync`: everything sent before it has been read. */
  | { readonly type: 'resynced' }
  /** Answer with `pong`. */
  | { readonly type: 'ping'; readonly id: number }
  /** Write what is due, then exit. */
  | { readonly type: 'stop' };

/** Service process to supervisor. */
export type FromService =
  /** Loaded and waiting for a world. */
  | { readonly type: 'ready' }
  /** Every line before `until` (ms since the epoch) is written, and no later one will be until the version arrives. */
  | { readonly type: 'prepared'; readonly version: number; readonly until: number }
  /**
   * The version is in effect and every line before it is written. `lines` is the number that this process has written
   * so far, so the reader of its output can tell when they have all arrived.
   */
  | { readonly type: 'applied'; readonly version: number; readonly lines: number }
  /** It stalled, so a change may be waiting: it writes nothing until `resynced` arrives. */
  | { readonly type: 'resync' }
  /** It has written `lines` so far and, if it has started, everything with a time stamp before `until` (ms). */
  | { readonly type: 'pong'; readonly id: number; readonly lines: number; readonly until?: number | undefined }
  /** These lines, due from `from` on and before `to` (ms since the epoch), will never be written. */
  | { readonly type: 'dropped'; readonly from: number; readonly to: number; readonly lines: number };
