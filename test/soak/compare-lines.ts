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
  readonly duplicated: readonly string[];
  /** Lines of a service that it should not have written. */
  readonly unexpected: readonly string[];
  /** Lines that are none, or have no newline. */
  readonly torn: readonly string[];
  /** Lines that stand before an earlier one of the same service. */
  readonly outOfOrder: readonly string[];
}

/** A line and the time of the world at which it was due, in ms: its timestamp, unless the clock was set back. */
export interface DatedLine {
  readonly text: string;
  readonly dueAt: number;
}

export interface DatedComparison extends Omit<Comparison, 'missing' | 'written'> {
  readonly missing: readonly DatedLine[];
  /** Every line that was written, also one due outside the range compared. */
  readonly written: readonly DatedLine[];
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
 * written. Exact, since the log is a function of time: a line missing, duplicated, torn or unexpected is named.
 */
export function compareWithWorld(
  catalog: Catalog,
  world: World,
  { lines, torn }: ReturnType<typeof readLog>,
  { from, to }: { readonly from: number; readonly to: number },
): DatedComparison {
  // After the clock was set back a later line may have the same text: each text has the times at which it was due.
  const due = new Map<string, number[]>();
  let expected = 0;
  new Simulation(catalog, world).visitLines(from, to, (record, time) => {
    const text = formatRecord(record);
    const times = due.get(text);
    if (times) times.push(time);
    else due.set(text, [time]);
    expected++;
  });
  const known = new Set(due.keys());
  const offset = clockOffsetAt(world.timeline, to);
  const duplicated: string[] = [];
  const unexpected: string[] = [];
  const written = lines.map((text) => {
    const dueAt = due.get(text)?.shift();
    if (dueAt !== undefined) return { text, dueAt };
    const line = { text, dueAt: timeOf(text) - offset };
    if (isWithin(line, from, to)) (known.has(text) ? duplicated : unexpected).push(text);
    return line;
  });
  const missing = [...due].flatMap(([text, times]) => times.map((dueAt) => ({ text, dueAt })));
  const outOfOrder = findOutOfOrder(written.filter((line) => isWithin(line, from, to)));
  return { expected, written, missing, duplicated, unexpected, torn, outOfOrder };
}

/** Whether a line was due at `from` or later and before `to` (ms). */
export function isWithin({ dueAt }: DatedLine, from: number, to: number): boolean {
  return dueAt >= from && dueAt < to;
}

/** Time of a line, in ms since the epoch. */
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
