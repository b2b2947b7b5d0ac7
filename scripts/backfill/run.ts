import { freeBuffer } from '../../services/rendering/free-buffer.ts';
import { orderedSlices } from '../../services/rendering/ordered-slices.ts';
import type { RenderPlan } from '../../services/rendering/render-plan.ts';
import { type Output, openOutput } from './output.ts';
import { ReaderGone } from './output-errors.ts';
import { type Progress, startProgress } from './progress.ts';
import { type BackfillSettings, STDOUT_NAME } from './settings.ts';
import { doneBefore, type Interruption, watchForInterruption } from './signals.ts';
import { count, describeSummary, Totals } from './summary.ts';

type Choice = Pick<BackfillSettings, 'output' | 'force' | 'json' | 'workers'>;

/**
 * Writes the plan to the output.
 * @param names short names of the services in the order of the catalog
 * @returns the exit status: 0, also when the reader of a pipe has seen enough, or that of the signal that ended it
 * @throws {UserError} `bad-output`, `output-failed`; then nothing of it is left
 */
export async function runBackfill(plan: RenderPlan, names: readonly string[], choice: Choice): Promise<number> {
  const start = performance.now();
  const output = await openOutput(choice.output, choice.force);
  // At once: a signal between the two would leave the beginning of a file.
  const interruption = watchForInterruption();
  const progress = await startProgress(plan.range, choice.output === STDOUT_NAME);
  const tally = new Totals(plan, names);
  try {
    const isCut = !(await write(plan, choice.workers, { output, progress, tally, interruption }));
    progress.end();
    if (tally.isComplete) output.finish();
    else finishInterrupted(plan, { output, tally, isCut });
    report(tally, choice, (performance.now() - start) / 1_000);
    return tally.isComplete ? 0 : interruption.exitStatus;
  } catch (error) {
    progress.end();
    output.discard();
    if (error instanceof ReaderGone) return interruption.exitStatus;
    throw error;
  } finally {
    interruption.dispose();
  }
}

interface Writing {
  readonly output: Output;
  readonly progress: Progress;
  readonly tally: Totals;
  readonly interruption: Interruption;
}

/** Writes until all is written or the user interrupts; false when the last write was not waited for to its end. */
async function write(
  plan: RenderPlan,
  workers: number,
  { output, progress, tally, interruption }: Writing,
): Promise<boolean> {
  const { signal, deadline } = interruption;
  for await (const slice of orderedSlices(plan, { workers, signal })) {
    if (!(await doneBefore(deadline, output.write(slice.bytes)))) return false;
    tally.add(slice);
    progress.show(tally.reached, tally.lines);
    freeBuffer(slice.bytes);
  }
  return true;
}

/** Keeps what is whole, and says how far it came and how to go on. */
function finishInterrupted(
  { range, lines }: RenderPlan,
  { output, tally, isCut }: { output: Output; tally: Totals; isCut: boolean },
): void {
  const hasPart = isCut && !output.isFile;
  if (tally.reached === range.from && !hasPart) {
    output.discard();
    process.stderr.write(`${output.name}: interrupted before anything was written\n`);
    return;
  }
  output.keep();
  const at = new Date(tally.reached).toISOString();
  const written = `${count(tally.lines)} lines are written, all before ${at}`;
  const more = hasPart ? ', and of what follows only a part, for nobody read on' : '';
  const end = lines === undefined ? `--to ${new Date(range.to).toISOString()}` : `--lines ${lines - tally.lines}`;
  const goOn = `to go on: --from ${at} ${end}, the other options as before but no --shard, into another --output`;
  process.stderr.write(`${output.name}: interrupted; ${written}${more}; ${goOn}\n`);
}

function report(tally: Totals, { output, json, workers }: Choice, seconds: number): void {
  const summary = tally.summary({ output: output === STDOUT_NAME ? 'stdout' : output, workers, seconds });
  if (json) (output === STDOUT_NAME ? process.stderr : process.stdout).write(`${JSON.stringify(summary)}\n`);
  else if (summary.complete) process.stderr.write(`${describeSummary(summary)}\n`);
}
