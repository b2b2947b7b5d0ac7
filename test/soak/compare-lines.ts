import { readFileSync } from 'node:fs';
import type { Catalog } from '../../services/simulation/catalog.ts';
import { Simulation } from '../../services/simulation/simulation.ts';
import { formatRecord, parseLine } from '../../shared/record.ts';
import { clockOffsetAt, type World } from '../../shared/world.ts';

/** What is wrong with a log, line by line, compared with what the recorded world says. */
export interface Comparison {
  readonly expected: number;
  readonly written: number;
  /** Lines that should be there. */
  readonly missing: readonly string[];
  /** Lines that are there more often than they should be. */
  readonly doubled: readonly string[];
  /** Lines of a service that it should not have written. */
  readonly invented: readonly string[];
  /** Lines that are none, or have no newline. */
  readonly torn: readonly string[];
  /** Lines that stand before an earlier one of the same service. */
  readonly disordered: readonly string[];
}

export interface DatedComparison extends Comparison {
  /** Time of the world at which a line was due, in ms: its time stamp, unless the clock was set back. */
  readonly dueAt: (line: string) => number;
}

/** Lines of the services in the files, the oldest first, and whatever is no line. */
export function readLog(files: readonly string[]): {
  readonly lines: readonly string[];
  readonly torn: readonly string[];
} {
  const lines: string[] = [];
  const torn: string[] = [];
  for (const file of files) {
    const parts = readFileSync(file, 'utf8').split('\n');
    const rest = parts.pop();
    if (rest) torn.push(rest);
    for (const line of parts) {
      const parsed = parseLine(line);
      if (!parsed) torn.push(line);
      else if (parsed.service !== 'Supervisor') lines.push(line);
    }
  }
  return { lines, torn };
}

/**
 * Compares the lines due at `from` or later and before `to` (ms since the epoch) with those that the world says were
 * written. Exact, since the log is a function of time: a line missing, doubled, torn or invented is named.
 */
export function compareWithWorld(
  catalog: Catalog,
  world: World,
  { lines, torn }: ReturnType<typeof readLog>,
  { from, to }: { readonly from: number; readonly to: number },
): DatedComparison {
  const expected: string[] = [];
  const times = new Map<string, number>();
  new Simulation(catalog, world).visitLines(from, to, (record, time) => {
    const line = formatRecord(record);
    expected.push(line);
    times.set(line, time);
  });
  const dueAt = (line: string) => times.get(line) ?? timeOf(line) - clockOffsetAt(world.timeline, to);
  const written = lines.filter((line) => dueAt(line) >= from && dueAt(line) < to);
  const left = countOf(expected);
  const doubled: string[] = [];
  const invented: string[] = [];
  const isExpected = new Set(left.keys());
  for (const line of written) {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    else (isExpected.has(line) ? doubled : invented).push(line);
  }
  const missing = [...left].flatMap(([line, count]) => Array<string>(count).fill(line));
  const disordered = outOfOrder(written, dueAt);
  return { expected: expected.length, written: written.length, missing, doubled, invented, torn, disordered, dueAt };
}

/** Time of a line, in ms since the epoch. */
export function timeOf(line: string): number {
  return Date.parse(line.slice(0, 24));
}

function countOf(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

function outOfOrder(lines: readonly string[], dueAt: DatedComparison['dueAt']): string[] {
  const latest = new Map<string, number>();
  return lines.filter((line) => {
    const service = parseLine(line)?.service ?? '';
    const time = dueAt(line);
    const isLate = time < (latest.get(service) ?? 0);
    if (!isLate) latest.set(service, time);
    return isLate;
  });
}
