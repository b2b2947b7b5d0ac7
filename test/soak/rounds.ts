import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalog } from '../../services/load-catalog.ts';
import { atExit } from './at-exit.ts';
import { lasting, stepsOf, until } from './chaos-plan.ts';
import type { ChaosRun } from './chaos-run.ts';
import { BENIGN_KINDS, DISK_FAULTS, FAULTS } from './fault-catalog.ts';
import longRecords, { LONG_RECORDS } from './long-records.ts';
import { isClean, type Outcome, outcomeOf, verdictOf } from './outcome.ts';
import { SHUTDOWN_MODES, type ShutdownMode, STOP } from './shutdown-modes.ts';
import { SmallDisk } from './small-disk.ts';

/** How long the storm of one short run lasts, in ms: long enough for three faults of each kind. */
const RUN = 20_000;
const RUNS_PER_MINUTE = 60_000 / RUN;

/** Time between two faults of a short run and of the long life, in ms. */
const PAUSES = [0, 600] as const;
const LONG_PAUSES = [500, 3000] as const;

/** Small enough that the log file is rotated several times in every life; nothing is thrown away. */
const ROTATION = ['--max-size', '1MB', '--keep', '1000'] as const;
const LONG_ROTATION = ['--max-size', '10MB', '--keep', '1000'] as const;

export interface Rounds {
  readonly minutes: number;
  readonly seed: number;
  /** Lines per second of a short run; the long life has a quarter of it. */
  readonly rate: number;
}

/**
 * Short runs one after the other, each with every fault and ended in another way; and beside them one fleet that lives
 * as long as all of them together.
 */
export async function runSuite({ minutes, seed, rate }: Rounds): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const home = mkdtempSync(join(tmpdir(), 'demo-logs-soak-'));
  const leave = atExit(() => outcomes.every(isClean) && rmSync(home, { recursive: true, force: true }));
  const catalog = await loadCatalog([longRecords]);
  const common = ['--seed', String(seed), '--service', LONG_RECORDS];
  let isOver = false;
  const longSteps = stepsOf({ seed, name: 'long life', kinds: BENIGN_KINDS, pauses: LONG_PAUSES });
  const long = {
    directory: join(home, 'long-life'),
    args: [...common, ...LONG_ROTATION, '--rate', String(Math.max(1, rate / 4))],
    steps: until(() => isOver, longSteps),
    catalog,
    end: STOP,
  };
  const longLife = outcomeOf('the long life', long, true);
  const count = minutes * RUNS_PER_MINUTE;
  for (let run = 0; run < count; run++) {
    const kinds = [...Object.keys(FAULTS), ...(run % 2 === 1 ? Object.keys(DISK_FAULTS) : [])];
    const steps = lasting(RUN, stepsOf({ seed, name: `run ${run}`, kinds, pauses: PAUSES }));
    const end = SHUTDOWN_MODES[run % SHUTDOWN_MODES.length] as ShutdownMode;
    const storm = {
      directory: join(home, `run-${run + 1}`),
      args: [...common, ...ROTATION, '--rate', String(rate)],
      steps,
      catalog,
      end,
    };
    const name = `run ${run + 1} of ${count}`;
    outcomes.push(
      settle(run % 2 === 1 ? await onSmallDisk(name, storm) : await outcomeOf(name, storm), storm.directory),
    );
  }
  isOver = true;
  outcomes.push(settle(await longLife, long.directory));
  leave();
  return outcomes;
}

/** Runs the storm with its log on a disk that can be filled up, where one may be made. */
async function onSmallDisk(name: string, storm: ChaosRun): Promise<Outcome> {
  const { directory } = storm;
  mkdirSync(directory);
  const disk = SmallDisk.mount(directory);
  if (!disk) return outcomeOf(name, storm);
  const outcome = await outcomeOf(name, { ...storm, directory: disk.logs, disk });
  const kept = mkdtempSync(`${directory}-`);
  if (!isClean(outcome)) cpSync(disk.logs, kept, { recursive: true, preserveTimestamps: true });
  disk.unmount();
  rmSync(directory, { recursive: true });
  renameSync(kept, directory);
  return outcome;
}

/** Tells what came of a run, and keeps of it what somebody will want to look at. */
function settle(outcome: Outcome, directory: string): Outcome {
  process.stderr.write(verdictOf(outcome, directory));
  if (isClean(outcome)) rmSync(directory, { recursive: true, force: true });
  return outcome;
}
