import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Catalog } from '../../services/simulation/catalog.ts';
import type { Step } from './chaos-plan.ts';
import { compareUntil, compareWhole, type RunComparison } from './compare-run.ts';
import { DISK_FAULTS, FAULTS } from './fault-catalog.ts';
import { FleetUnderTest } from './fleet-under-test.ts';
import { LOG_FILE, logFilesIn, writtenPast } from './log-files.ts';
import { type MemoryCurve, watchMemory } from './memory.ts';
import { leakedFrom } from './process-group.ts';
import { startSecond } from './second-fleet.ts';
import { checkShutdown } from './shutdown-checks.ts';
import type { ShutdownMode } from './shutdown-modes.ts';
import type { SmallDisk } from './small-disk.ts';

/** Longer than it takes to notice a process that stands still, in ms. */
const NOTICE_TIMEOUT_MS = 10_000;

/** How often each fault happened. */
type Counts = Readonly<Record<string, number>>;

/** What came of one run of the fleet under the storm. */
export interface RunResult {
  readonly comparison: RunComparison;
  readonly faults: Counts;
  readonly leaked: readonly number[];
  readonly memory: MemoryCurve;
  /** What went otherwise than it should. */
  readonly problems: readonly string[];
}

export interface ChaosRun {
  /** Directory of its own. */
  readonly directory: string;
  readonly args: readonly string[];
  readonly steps: Iterable<Step>;
  readonly catalog: Catalog;
  readonly end: ShutdownMode;
  /** Disk that the directory is on, to be filled up. */
  readonly disk?: SmallDisk | undefined;
}

/**
 * Runs a fleet through a storm and compares what it wrote with what its recorded world says.
 * @throws when the fleet ends by itself or never becomes calm again
 */
export async function runStorm({ directory, args, steps, catalog, end, disk }: ChaosRun): Promise<RunResult> {
  mkdirSync(directory, { recursive: true });
  const logFile = join(directory, LOG_FILE);
  const fleet = await FleetUnderTest.start(logFile, args, disk);
  const memoryOf = watchMemory(fleet.pid);
  try {
    const faults = await blow(fleet, steps);
    const { world, to } = await calmDown(fleet, directory);
    const memory = memoryOf();
    // For whoever looks into what went wrong.
    writeFileSync(join(directory, 'world.json'), JSON.stringify({ world, to }));
    await fleet.end(end);
    const leaked = await leakedFrom(fleet.pid);
    const run = { catalog, world, files: logFilesIn(directory) };
    const comparison = end.loggedReason === undefined ? compareUntil(to, run) : compareWhole(run);
    const problems = [...fleet.problems, ...(await checkShutdown(end, logFile, args))];
    return { comparison, faults, leaked, memory, problems };
  } finally {
    memoryOf();
    await fleet.kill();
  }
}

/** Lets one fault follow the other, whether or not the one before is over. */
async function blow(fleet: FleetUnderTest, steps: Iterable<Step>): Promise<Counts> {
  const counts: Record<string, number> = {};
  const happening: Promise<unknown>[] = [];
  for (const { kind, pause, chance } of steps) {
    await delay(pause);
    const fault = FAULTS[kind] ?? (fleet.disk && DISK_FAULTS[kind]);
    // What needs a disk of its own is passed over where there is none: what comes after it stays the same.
    if (!fault) continue;
    counts[kind] = (counts[kind] ?? 0) + 1;
    // A fault that the fleet refuses (a service to stop that is stopped) is an answer like any other.
    happening.push(fault(fleet, chance).catch(() => {}));
  }
  await Promise.all(happening);
  return counts;
}

/** Waits until everything before the instant `to` is written for sure, and asks for the recorded world then. */
async function calmDown(fleet: FleetUnderTest, directory: string) {
  await delay(NOTICE_TIMEOUT_MS);
  await fleet.waitUntilHealthy();
  await startSecond(fleet);
  const logNames = (await fleet.services()).map(({ logName }) => logName);
  const to = Date.now();
  await writtenPast(to + fleet.clock.offsetMs, directory, logNames);
  return { world: await fleet.world(), to };
}
