import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { type Comparison, compareWithWorld, readLog, timeOf } from '../../scripts/soak/compare.ts';
import { loadCatalog } from '../../services/catalog.ts';
import type { Catalog } from '../../services/simulation/catalog.ts';
import type { Gap, World } from '../../shared/world.ts';

/** Further ahead than any line is written after the stop was asked for, in ms. */
const TAIL = 10_000;

/** A service that the machine had not let run for so long, in ms, leaves without what was due meanwhile. */
const CUT = 5_000;

interface Run {
  /** As the fleet told it right before it was stopped. */
  readonly world: World;
  /** Paths of all that it wrote, the oldest first. */
  readonly files: readonly string[];
  /** By default that of the five. */
  readonly catalog?: Catalog;
}

/**
 * Fails unless the files, put end to end, hold every line that the world says, whole, once and in order, from the
 * beginning of the world until the stop was asked for. Where each service ends is left open, within a few seconds; but no
 * line may be doubled, torn or invented there either.
 * @returns how many lines were written before the stop
 */
export async function expectExactlyOnce({ world: recorded, files, catalog }: Run): Promise<number> {
  const world = { ...recorded, gaps: [...(recorded.gaps ?? []), ...toldGaps(files)] };
  const known = catalog ?? (await loadCatalog());
  const log = readLog(files);
  const from = world.timeline[0].at;
  const stop = stopTime(files);
  const { missing, ...run } = compareWithWorld(known, world, log, { from, to: stop });
  const ends = lastTimes(log.lines);
  const isCut = (line: string) => timeOf(line) > stop - CUT && timeOf(line) >= (ends.get(serviceOf(line)) ?? stop);
  const uncut = missing.filter((line) => !isCut(line));
  const tail = compareWithWorld(known, world, log, { from: stop, to: stop + TAIL });
  const stray = log.lines.filter((line) => timeOf(line) < from || timeOf(line) >= stop + TAIL);
  expect(
    { ...shown({ ...run, missing: uncut }), tail: shown({ ...tail, missing: [], torn: [] }), stray },
    'lines of the log',
  ).toEqual({
    ...NONE,
    tail: NONE,
    stray: [],
  });
  return run.written;
}

const NONE = { missing: [], doubled: [], invented: [], torn: [], disordered: [] };

function shown({ missing, doubled, invented, torn, disordered }: Comparison) {
  const faults = Object.entries({ missing, doubled, invented, torn, disordered });
  return Object.fromEntries(faults.map(([fault, lines]) => [fault, some(lines)]));
}

/** When each service wrote its last line, by its name in the log. */
function lastTimes(lines: readonly string[]): ReadonlyMap<string, number> {
  return new Map(lines.map((line) => [serviceOf(line), timeOf(line)]));
}

function serviceOf(line: string): string {
  return /\] \[(\w+)\]: /.exec(line)?.[1] ?? '';
}

/** Enough to see what it is about. */
function some(lines: readonly string[]): readonly string[] {
  return lines.length > 6 ? [...lines.slice(0, 3), `… ${lines.length} in all …`, ...lines.slice(-3)] : lines;
}

/** What the services skipped by their own account: of the last of it the fleet may have heard after it told its world. */
export function toldGaps(files: readonly string[]): readonly Gap[] {
  const text = files.map((file) => readFileSync(file, 'utf8')).join('');
  const told = text.matchAll(/\[Supervisor\]: (\w+) skipped \d+ lines due from (\S+) to (\S+)$/gm);
  return [...told].map(([, service, from, to]) => {
    return { service: service as string, from: Date.parse(from as string), to: Date.parse(to as string), kept: 0 };
  });
}

/** When the fleet was asked to stop. */
function stopTime(files: readonly string[]): number {
  for (const file of [...files].reverse()) {
    const line = /^(.{24}) \[INFO\] \[Supervisor\]: Fleet stops: /m.exec(readFileSync(file, 'utf8'));
    if (line) return timeOf(line[1] as string);
  }
  throw new Error('The log does not say when the fleet was stopped');
}
