import { freeBuffer } from '../../services/rendering/free-buffer.ts';
import { orderedSlices } from '../../services/rendering/ordered-slices.ts';
import type { RenderPlan } from '../../services/rendering/render-plan.ts';
import { type BackfillSettings, STDOUT_NAME } from './backfill-settings.ts';
import { type Interruption, settledBefore, watchForInterruption } from './interruption.ts';
import { openOutput } from './open-output.ts';
import type { Output } from './output.ts';
import { ReaderClosed } from './output-errors.ts';
import { type Progress, startProgress } from './progress.ts';
import { describeSummary, formatCount, Totals } from './summary.ts';

type RunSettings = Pick<BackfillSettings, 'output' | 'force' | 'json' | 'workers'>;

/**
 * Writes the plan to the output.
 * @param names short names of the services in the order of the catalog
 * @returns the exit status: 0, also when the reader has closed the pipe, or that of the signal that interrupted it
 * @throws {UserError} `bad-output`, `output-failed`; then nothing of a file is kept
 */
export async function runBackfill(plan: RenderPlan, names: readonly string[], settings: RunSettings): Promise<number> {
  const start = performance.now();
  const output = await openOutput(settings.output, settings.force);
  // Immediately after: a signal in between would leave a temporary file behind.
  const interruption = watchForInterruption();
  const progress = await startProgress(plan.range, settings.output === STDOUT_NAME);
  const totals = new Totals(plan, names);
  try {
    const isCut = !(await write(plan, settings.workers, { output, progress, totals, interruption }));
    progress.end();
    if (totals.isComplete) output.finish();
    else finishInterrupted(plan, { output, totals, isCut });
    report(totals, settings, (performance.now() - start) / 1_000);
    return totals.isComplete ? 0 : interruption.exitStatus;
  } catch (error) {
    progress.end();
    output.discard();
    if (error instanceof ReaderClosed) return interruption.exitStatus;
    throw error;
  } finally {
    interruption.dispose();
  }
}

/** What a backfill in progress uses. */
interface Run {
  readonly output: Output;
  readonly progress: Progress;
  readonly totals: Totals;
  readonly interruption: Interruption;
}

/** Writes all slices, or until the user interrupts; returns false if the last write was abandoned at the deadline. */
async function write(
  plan: RenderPlan,
  workers: number,
  { output, progress, totals, interruption }: Run,
): Promise<boolean> {
  const { signal, deadline } = interruption;
  for await (const slice of orderedSlices(plan, { workers, signal })) {
    if (!(await settledBefore(deadline, output.write(slice.bytes)))) return false;
    totals.add(slice);
    progress.show(totals.reached, totals.lines);
    freeBuffer(slice.bytes);
  }
  return true;
}

/** Keeps the complete lines, and prints how far they reach and how to go on. */
function finishInterrupted(
  { range, lines }: RenderPlan,
  { output, totals, isCut }: { output: Output; totals: Totals; isCut: boolean },
): void {
  const hasPart = isCut && !output.isFile;
  if (totals.reached === range.from && !hasPart) {
    output.discard();
    process.stderr.write(`${output.name}: interrupted before anything was written\n`);
    return;
  }
  output.keep();
  const at = new Date(totals.reached).toISOString();
  const written = `${formatCount(totals.lines)} lines are written, all before ${at}`;
  const more = hasPart ? ', and what follows only in part, because the reader stalled' : '';
  const end = lines === undefined ? `--to ${new Date(range.to).toISOString()}` : `--lines ${lines - totals.lines}`;
  const goOn = `to go on: --from ${at} ${end}, the other options as before but no --shard, into another --output`;
  process.stderr.write(`${output.name}: interrupted; ${written}${more}; ${goOn}\n`);
}

function report(totals: Totals, { output, json, workers }: RunSettings, seconds: number): void {
  const summary = totals.summary({ output: output === STDOUT_NAME ? 'stdout' : output, workers, seconds });
  if (json) (output === STDOUT_NAME ? process.stderr : process.stdout).write(`${JSON.stringify(summary)}\n`);
  else if (summary.complete) process.stderr.write(`${describeSummary(summary)}\n`);
}
