import { formatTimestamp } from '../shared/record.ts';
import { MAX_BACKFILL_REMAINDER_MS } from '../shared/timing.ts';
import type { World } from '../shared/world.ts';
import type { Log } from './log/log.ts';

/** Complete lines, in UTF-8. */
export interface BackfillText {
  readonly bytes: Uint8Array;
  readonly lines: number;
  /** Once these lines are written, none from before this instant is missing, in ms since the Unix epoch. */
  readonly until: number;
}

/** Renders the log of the time before the fleet starts. */
export interface BackfillSource {
  /** Length of that time, in ms. */
  readonly ms: number;
  /** The lines of all services at `from` or later and before `to` (ms since the Unix epoch), in order of time. */
  text(world: World, from: number, to: number, signal: AbortSignal): AsyncIterable<BackfillText>;
}

/** Time passes while a backfill is written, so the rest is written in further rounds; lines may be due faster than that. */
const MAX_ROUNDS = 5;

/** What was written of a backfill. */
export interface BackfillResult {
  /** Instant before which no line is missing, in ms since the Unix epoch. */
  readonly until: number;
  /** False when it was interrupted. */
  readonly isComplete: boolean;
  readonly lines: number;
  readonly bytes: number;
}

/**
 * Writes a backfill up to about now, no faster than the log takes it. The services catch up on the rest.
 * @param world called again in every round: it may change meanwhile, from a later instant on
 * @param signal interrupts it after the lines that are being written
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
  const interrupted = whenAborted(signal);
  const hasRemainder = () => Date.now() - until > MAX_BACKFILL_REMAINDER_MS;
  for (let round = 0; round < MAX_ROUNDS && hasRemainder() && !signal.aborted; round++) {
    for await (const text of source.text(world(), until, Date.now(), signal)) {
      log.write({ lines: text.lines, bytes: asBuffer(text.bytes), records: [] });
      lines += text.lines;
      bytes += text.bytes.length;
      until = text.until;
      await Promise.race([log.drained(), interrupted]);
      if (signal.aborted) break;
    }
  }
  return { until, isComplete: !signal.aborted || !hasRemainder(), lines, bytes };
}

/** How much the log files keep: a file of `maxSize` bytes (0 for any size) and `keep` rotated ones. */
interface Retention {
  readonly maxSize: number;
  readonly keep: number;
}

/** Logs what was written of a backfill of `ms`, and a warning when rotation has removed some of it again. */
export function logBackfill(result: BackfillResult, ms: number, { maxSize, keep }: Retention, log: Log): void {
  const { until, isComplete, lines, bytes } = result;
  if (!isComplete) {
    const reached = `${lines} lines are written, all before ${formatTimestamp(until)}`;
    log.event('WARNING', `The history was cut short: ${reached}; to start again, add --fresh`);
    return;
  }
  const from = formatTimestamp(until - ms);
  log.event('INFO', `The history is written: ${lines} lines from about ${from} to ${formatTimestamp(until)}`);
  const maxKept = maxSize * (keep + 1);
  if (maxSize === 0 || bytes <= maxKept) return;
  const megabytes = (count: number) => `${Math.round(count / 1e6)} MB`;
  const advice = '--max-size 0 or a larger --keep keeps all';
  log.event('WARNING', `Of the ${megabytes(bytes)} of history the last ${megabytes(maxKept)} are kept: ${advice}`);
}

/** The same memory. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
