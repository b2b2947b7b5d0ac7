import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Catalog } from '../../services/simulation/catalog.ts';
import { leakedFrom } from '../tools/process-group.ts';
import type { ChaosStep } from './chaos-plan.ts';
import { compareKilledRun, compareStoppedRun, type RunComparison } from './compare-run.ts';
import { DISK_FAULTS, FAULTS } from './fault-catalog.ts';
import type { FillableDisk } from './fillable-disk.ts';
import { FleetUnderTest } from './fleet-under-test.ts';
import { LOG_FILE, logFilesIn, waitUntilLoggedAfter } from './log-files.ts';
import { type MemoryCurve, watchMemory } from './memory.ts';
import { startSecondFleet } from './second-fleet.ts';
import { checkShutdown } from './shutdown-checks.ts';
import { type ShutdownMode, shutDown } from './shutdown-modes.ts';

/** Longer than the supervisor takes to notice a process that does not answer, in ms. */
const STALL_DETECTION_MS = 10_000;

/** How often each fault was injected. */
type FaultCounts = Readonly<Record<string, number>>;

export interface ChaosResult {
  readonly comparison: RunComparison;
  readonly faults: FaultCounts;
  /** Processes that outlived the supervisor. */
  readonly leaked: readonly number[];
  readonly memory: MemoryCurve;
  readonly problems: readonly string[];
}

export interface ChaosRun {
  /** For the log and nothing else. */
  readonly directory: string;
  /** Options of `npm start`. */
  readonly args: readonly string[];
  readonly steps: Iterable<ChaosStep>;
  readonly catalog: Catalog;
  readonly shutdown: ShutdownMode;
  /** The disk of the directory, where it can be filled. */
  readonly disk?: FillableDisk | undefined;
}

/**
 * Injects faults into a fleet, shuts it down and compares its log with its recorded world.
 * @throws when the fleet exits by itself or does not recover
 */
export async function runChaos({ directory, args, steps, catalog, shutdown, disk }: ChaosRun): Promise<ChaosResult> {
  mkdirSync(directory, { recursive: true });
  const logFile = join(directory, LOG_FILE);
  const fleet = await FleetUnderTest.start(logFile, args, disk);
  const stopWatching = watchMemory(fleet.pid);
  try {
    const faults = await injectFaults(fleet, steps);
    const { world, to } = await waitUntilSettled(fleet, directory);
    const memory = stopWatching();
    // Kept with the log when the run fails.
    writeFileSync(join(directory, 'world.json'), JSON.stringify({ world, to }));
    await shutDown(fleet, shutdown);
    const leaked = await leakedFrom(fleet.pid);
    const run = { catalog, world, files: logFilesIn(directory) };
    const comparison = shutdown.loggedReason === undefined ? compareKilledRun(run, to) : compareStoppedRun(run);
    const problems = [...fleet.problems, ...(await checkShutdown(shutdown, logFile, args))];
    return { comparison, faults, leaked, memory, problems };
  } finally {
    stopWatching();
    await fleet.kill();
  }
}

/** Begins each fault at its time, whether or not the one before is over. */
async function injectFaults(fleet: FleetUnderTest, steps: Iterable<ChaosStep>): Promise<FaultCounts> {
  const counts: Record<string, number> = {};
  const pending: Promise<unknown>[] = [];
  for (const { kind, delayMs, random } of steps) {
    await delay(delayMs);
    const inject = FAULTS[kind] ?? (fleet.disk && DISK_FAULTS[kind]);
    // Disk faults are skipped where no disk could be mounted; the steps after them stay the same.
    if (!inject) continue;
    counts[kind] = (counts[kind] ?? 0) + 1;
    // A fleet may refuse a command, for example to stop a service that is stopped.
    pending.push(inject(fleet, random).catch(() => {}));
  }
  await Promise.all(pending);
  return counts;
}

/** Waits until every line due before the instant `to` is written, and reads the recorded world after that. */
async function waitUntilSettled(fleet: FleetUnderTest, directory: string) {
  await delay(STALL_DETECTION_MS);
  await fleet.waitUntilHealthy();
  await startSecondFleet(fleet);
  const logNames = (await fleet.services()).map(({ logName }) => logName);
  const to = Date.now();
  await waitUntilLoggedAfter(to + fleet.clock.offsetMs, directory, logNames);
  return { world: await fleet.world(), to };
}
