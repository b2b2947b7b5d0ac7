import type { World } from '../shared/world.ts';
import type { Log } from './log/log.ts';

/** Whole lines, in UTF-8. */
export interface BackfillText {
  readonly bytes: Uint8Array;
  readonly lines: number;
  /** Instant before which nothing is missing once these are written, in ms since the epoch. */
  readonly until: number;
}

/** The log of the time before the fleet starts. */
export interface BackfillSource {
  /** How long it is, in ms. */
  readonly ms: number;
  /** The lines of all services at `from` or later and before `to` (ms since the epoch), in order of time. */
  text(world: World, from: number, to: number, signal: AbortSignal): AsyncIterable<BackfillText>;
}

/** While the past is written the present goes on. What remains when it is shorter than this the services make up for, in ms. */
const MAX_REMAINDER_MS = 500;

/** Rounds after which they do so in any case: lines may become due faster than they can be written. */
const MAX_ROUNDS = 5;

/** What there is of it, in so many lines and bytes. */
export interface BackfillResult {
  /** Instant before which nothing is missing, in ms since the epoch. */
  readonly until: number;
  /** False when it was stopped before its time. */
  readonly isWhole: boolean;
  readonly lines: number;
  readonly bytes: number;
}

/**
 * Writes the past to the log up to about now, and no faster than the log takes it.
 * @param world asked anew in every round: it may be changed meanwhile, from an instant on that lies ahead
 * @param signal stops it after the lines that are on their way
 */
export async function writeBackfill(
  source: BackfillSource,
  world: () => World,
  log: Log,
  signal: AbortSignal,
): Promise<BackfillResult> {
  let until = world().timeline[0].at;
  let lines = 0;
  let bytes = 0;
  const stopped = aborted(signal);
  for (let round = 0; round < MAX_ROUNDS && Date.now() - until > MAX_REMAINDER_MS && !signal.aborted; round++) {
    for await (const text of source.text(world(), until, Date.now(), signal)) {
      log.write({ lines: text.lines, bytes: asBuffer(text.bytes), records: [] });
      lines += text.lines;
      bytes += text.bytes.length;
      until = text.until;
      await Promise.race([log.drained(), stopped]);
      if (signal.aborted) break;
    }
  }
  return { until, isWhole: !signal.aborted || Date.now() - until <= MAX_REMAINDER_MS, lines, bytes };
}

/** The same memory. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
