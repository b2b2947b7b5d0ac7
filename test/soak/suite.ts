import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalog } from '../../services/load-catalog.ts';
import { atExit } from './at-exit.ts';
import { planSteps, takeFor, takeUntil } from './chaos-plan.ts';
import type { ChaosRun } from './chaos-run.ts';
import { BENIGN_KINDS, DISK_FAULTS, FAULTS } from './fault-catalog.ts';
import { FillableDisk } from './fillable-disk.ts';
import longRecords, { LONG_RECORDS } from './long-records.ts';
import { isClean, outcomeOf, type RunOutcome, summaryOf } from './outcome.ts';
import { SHUTDOWN_MODES, type ShutdownMode, STOP } from './shutdown-modes.ts';

/** How long faults are injected into a short run, in ms: enough for three of each kind. */
const SHORT_RUN_MS = 20_000;
const SHORT_RUNS_PER_MINUTE = 60_000 / SHORT_RUN_MS;

/** Time between two faults, in ms. */
const SHORT_RUN_DELAYS_MS = [0, 600] as const;
const LONG_RUN_DELAYS_MS = [500, 3000] as const;

/** Small enough for several rotations in every run; nothing is deleted. */
const SHORT_RUN_ROTATION = ['--max-size', '1MB', '--keep', '1000'] as const;
const LONG_RUN_ROTATION = ['--max-size', '10MB', '--keep', '1000'] as const;

export interface SuiteOptions {
  readonly minutes: number;
  readonly seed: number;
  /** Lines per second of a short run; the long run has a quarter of it. */
  readonly rate: number;
}

/**
 * Short runs one after the other, each with all faults and another shutdown mode, and at the same time one long run. What
 * a failed run has written is kept.
 */
export async function runSuite({ minutes, seed, rate }: SuiteOptions): Promise<readonly RunOutcome[]> {
  const outcomes: RunOutcome[] = [];
  const home = mkdtempSync(join(tmpdir(), 'demo-logs-soak-'));
  const isAllClean = () => outcomes.every(isClean);
  // Last, since disks are mounted in it.
  const removeHome = atExit(() => isAllClean() && rmSync(home, { recursive: true, force: true }), { isLast: true });
  const catalog = await loadCatalog([longRecords]);
  const commonArgs = ['--seed', String(seed), '--service', LONG_RECORDS];
  let isOver = false;
  const longRun = {
    directory: join(home, 'long-run'),
    args: [...commonArgs, ...LONG_RUN_ROTATION, '--rate', String(Math.max(1, rate / 4))],
    steps: takeUntil(
      () => isOver,
      planSteps({ seed, name: 'long run', kinds: BENIGN_KINDS, delayRangeMs: LONG_RUN_DELAYS_MS }),
    ),
    catalog,
    shutdown: STOP,
  };
  const longOutcome = outcomeOf('the long run', longRun, true);
  const count = minutes * SHORT_RUNS_PER_MINUTE;
  for (let index = 0; index < count; index++) {
    const hasDisk = index % 2 === 1;
    const kinds = [...Object.keys(FAULTS), ...(hasDisk ? Object.keys(DISK_FAULTS) : [])];
    const plan = { seed, name: `run ${index}`, kinds, delayRangeMs: SHORT_RUN_DELAYS_MS };
    const run = {
      directory: join(home, `run-${index + 1}`),
      args: [...commonArgs, ...SHORT_RUN_ROTATION, '--rate', String(rate)],
      steps: takeFor(SHORT_RUN_MS, planSteps(plan)),
      catalog,
      shutdown: SHUTDOWN_MODES[index % SHUTDOWN_MODES.length] as ShutdownMode,
    };
    const name = `run ${index + 1} of ${count}`;
    const outcome = hasDisk ? await runOnFillableDisk(name, run) : await outcomeOf(name, run);
    outcomes.push(conclude(outcome, run.directory));
  }
  isOver = true;
  outcomes.push(conclude(await longOutcome, longRun.directory));
  removeHome();
  return outcomes;
}

/** Puts the log on a disk that can be filled, where one can be mounted. */
async function runOnFillableDisk(name: string, run: ChaosRun): Promise<RunOutcome> {
  const { directory } = run;
  mkdirSync(directory);
  const disk = FillableDisk.mount(directory);
  if (!disk) return outcomeOf(name, run);
  const outcome = await outcomeOf(name, { ...run, directory: disk.logs, disk });
  const copy = mkdtempSync(`${directory}-`);
  if (!isClean(outcome)) cpSync(disk.logs, copy, { recursive: true, preserveTimestamps: true });
  disk.unmount();
  rmSync(directory, { recursive: true });
  renameSync(copy, directory);
  return outcome;
}

/** Reports a run, and deletes its directory when it is clean. */
function conclude(outcome: RunOutcome, directory: string): RunOutcome {
  process.stderr.write(summaryOf(outcome, directory));
  if (isClean(outcome)) rmSync(directory, { recursive: true, force: true });
  return outcome;
}
