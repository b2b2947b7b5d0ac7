import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Catalog } from '../../services/simulation/catalog.ts';
import type { Chance } from './chance.ts';
import { type Comparison, compareWithWorld, readLog, timeOf } from './compare.ts';
import { FAULTS } from './faults.ts';
import { FleetInStorm } from './fleet-in-storm.ts';

/** What came of one run of the fleet under the storm. */
export interface Outcome {
  readonly comparison: Comparison;
  /** What happened, and how often. */
  readonly faults: Readonly<Record<string, number>>;
  readonly leaked: readonly number[];
  /** Resident memory of the supervisor near its begin and at its end, in MB. */
  readonly memory: readonly [number, number];
  readonly end: 'stop' | 'SIGKILL';
}

export interface StormOptions {
  readonly logFile: string;
  readonly args: readonly string[];
  /** How long the storm lasts, in ms. */
  readonly ms: number;
  readonly chance: Chance;
  readonly catalog: Catalog;
  /** SIGKILL spares no time to write: what is compared then ends with what was surely written. */
  readonly end: 'stop' | 'SIGKILL';
}

/** Runs a fleet through a storm and compares what it wrote with what its recorded world says. */
export async function runStorm({ logFile, args, ms, chance, catalog, end }: StormOptions): Promise<Outcome> {
  const fleet = await FleetInStorm.start(logFile, args);
  const faults: Record<string, number> = {};
  const before = fleet.memory;
  const until = Date.now() + ms;
  while (Date.now() < until && !fleet.hasEnded) {
    const name = chance.pick(Object.keys(FAULTS));
    faults[name] = (faults[name] ?? 0) + 1;
    // A fault that the fleet refuses (a service to stop that is stopped) is an answer like any other.
    const done = FAULTS[name]?.(fleet, chance).catch(() => {});
    await Promise.race([done, delay(chance.between(0, 600))]);
  }
  // Longer than it takes to notice a process that stands still.
  await delay(10_000);
  await fleet.calm();
  const world = await fleet.world();
  const to = Date.now();
  await writtenPast(fleet, to);
  const after = fleet.memory;
  await fleet.end(end);
  const leaked = await stillAlive([...fleet.pids]);
  const files = logFilesOf(logFile);
  const from = world.timeline[0].at;
  return {
    comparison: compareWithWorld(catalog, world, readLog(files), { from, to }),
    faults,
    leaked,
    memory: [before, after],
    end,
  };
}

/** Resolves when every service has lines in the log that are later than that instant. */
async function writtenPast(fleet: FleetInStorm, instant: number): Promise<void> {
  const names = (await fleet.services()).map(({ logName }) => logName);
  const isPast = (logName: string) => {
    const text = readFileSync(fleet.logFile, 'utf8');
    const at = text.lastIndexOf(`] [${logName}]: `);
    const line = text.slice(text.lastIndexOf('\n', at) + 1);
    return at >= 0 && timeOf(line) > instant;
  };
  while (!names.every(isPast)) await delay(100);
}

/** The log file and all that was moved away from it, in the order in which they were last written. */
function logFilesOf(logFile: string): string[] {
  const directory = dirname(logFile);
  const files = readdirSync(directory).map((name) => join(directory, name));
  return files.sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs);
}

/** Those of the processes that have not left within two seconds. A zombie has: its state tells. */
async function stillAlive(pids: readonly number[]): Promise<number[]> {
  const until = Date.now() + 2_000;
  let alive = [...pids];
  while (alive.length > 0 && Date.now() < until) {
    alive = alive.filter(isAlive);
    await delay(50);
  }
  return alive;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
