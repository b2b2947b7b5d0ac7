import { readFileSync } from 'node:fs';
import type { Catalog } from '../../services/simulation/catalog.ts';
import { Simulation } from '../../services/simulation/simulation.ts';
import { formatRecord, parseLine } from '../../shared/record.ts';
import { clockOffsetAt, type World } from '../../shared/world.ts';

/** How a log differs from its recorded world, line by line. */
export interface Comparison {
  readonly expected: number;
  readonly written: number;
  /** Lines that were due but not written. */
  readonly missing: readonly string[];
  /** Lines that were written more often than they were due. */
  readonly duplicated: readonly string[];
  /** Lines of a service that were never due. */
  readonly unexpected: readonly string[];
  /** Text that is not a complete line. */
  readonly torn: readonly string[];
  /** Lines after a later one of the same service. */
  readonly outOfOrder: readonly string[];
}

/** A line and the time of the world at which it was due, in ms: its time stamp, unless the clock was set back. */
export interface DatedLine {
  readonly text: string;
  readonly dueAt: number;
}

export interface DatedComparison extends Omit<Comparison, 'missing' | 'written'> {
  readonly missing: readonly DatedLine[];
  /** All lines, including those outside the range. */
  readonly written: readonly DatedLine[];
}

/** Reads the lines of the services, and the text that is not a line, from files in the order of their writing. */
export function readLog(files: readonly string[]): {
  readonly lines: readonly string[];
  readonly torn: readonly string[];
} {
  const lines: string[] = [];
  const torn: string[] = [];
  for (const file of files) {
    const parts = readFileSync(file, 'utf8').split('\n');
    const unterminated = parts.pop();
    if (unterminated) torn.push(unterminated);
    for (const line of parts) {
      const parsed = parseLine(line);
      if (!parsed) torn.push(line);
      else if (parsed.service !== 'Supervisor') lines.push(line);
    }
  }
  return { lines, torn };
}

/**
 * Compares the lines due at `from` or later and before `to` (ms since the epoch) with those written. It is exact, since
 * the log is a function of the world and the time.
 */
export function compareWithWorld(
  catalog: Catalog,
  world: World,
  { lines, torn }: ReturnType<typeof readLog>,
  { from, to }: { readonly from: number; readonly to: number },
): DatedComparison {
  // After the clock was set back, a later line may have the same text: hence a list of times for each text.
  const dueTimes = new Map<string, number[]>();
  let expected = 0;
  new Simulation(catalog, world).visitLines(from, to, (record, time) => {
    const text = formatRecord(record);
    const times = dueTimes.get(text);
    if (times) times.push(time);
    else dueTimes.set(text, [time]);
    expected++;
  });
  const dueTexts = new Set(dueTimes.keys());
  const offset = clockOffsetAt(world.timeline, to);
  const duplicated: string[] = [];
  const unexpected: string[] = [];
  const written = lines.map((text) => {
    const dueAt = dueTimes.get(text)?.shift();
    if (dueAt !== undefined) return { text, dueAt };
    const line = { text, dueAt: timeOf(text) - offset };
    if (isWithin(line, from, to)) (dueTexts.has(text) ? duplicated : unexpected).push(text);
    return line;
  });
  const missing = [...dueTimes].flatMap(([text, times]) => times.map((dueAt) => ({ text, dueAt })));
  const outOfOrder = findOutOfOrder(written.filter((line) => isWithin(line, from, to)));
  return { expected, written, missing, duplicated, unexpected, torn, outOfOrder };
}

/** Whether a line was due at `from` or later and before `to` (ms). */
export function isWithin({ dueAt }: DatedLine, from: number, to: number): boolean {
  return dueAt >= from && dueAt < to;
}

/** Time stamp of a line, in ms since the epoch. */
export function timeOf(line: string): number {
  return Date.parse(line.slice(0, 24));
}

function findOutOfOrder(lines: readonly DatedLine[]): string[] {
  const latest = new Map<string, number>();
  const late = lines.filter(({ text, dueAt }) => {
    const service = parseLine(text)?.service ?? '';
    const isLate = dueAt < (latest.get(service) ?? 0);
    if (!isLate) latest.set(service, dueAt);
    return isLate;
  });
  return late.map(({ text }) => text);
}
