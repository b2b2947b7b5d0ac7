import type { World } from './world.ts';

/** Supervisor to service process. */
export type ToService =
  /**
   * A change is coming: answer `prepared` and write nothing more until the world of that version arrives. Without this
   * a process that hears of a change late would have written past its instant under the world before.
   */
  | { readonly type: 'prepare'; readonly version: number }
  /** The whole world; with `from`, also the instant at which the service starts to write. */
  | { readonly type: 'commit'; readonly version: number; readonly world: World; readonly from?: number }
  /** Write nothing until `resume`: whoever reads does not keep up. Changes of the world are taken and confirmed. */
  | { readonly type: 'pause' }
  /** Go on from this instant; what was due meanwhile is skipped and told by `dropped`. */
  | { readonly type: 'resume' }
  /** Answer to `resync`: who reads it has read all that was sent before. */
  | { readonly type: 'resynced' }
  /** Answer with `pong`. */
  | { readonly type: 'ping'; readonly id: number }
  /** Write what is due, then leave. */
  | { readonly type: 'stop' };

/** Service process to supervisor. */
export type FromService =
  /** Loaded, and waiting for a world. */
  | { readonly type: 'ready' }
  /** Every line before `until` (ms since the epoch) is written, and none from then on until the version arrives. */
  | { readonly type: 'prepared'; readonly version: number; readonly until: number }
  /**
   * Sent once the version holds (its instant has passed) and every line from before it is written: `lines` is how
   * many this process has written so far, so that who reads its output knows when they have all arrived.
   */
  | { readonly type: 'applied'; readonly version: number; readonly lines: number }
  /** It has not looked at its messages for a while and writes nothing until `resynced` comes: there may be a change. */
  | { readonly type: 'resync' }
  /** So far it has written `lines`, and with them everything with a time stamp before `until` (ms), if it has begun. */
  | { readonly type: 'pong'; readonly id: number; readonly lines: number; readonly until?: number | undefined }
  /** These lines, due from `from` on and before `to` (ms since the epoch), will never be written. */
  | { readonly type: 'dropped'; readonly from: number; readonly to: number; readonly lines: number };
