import { readFileSync } from 'node:fs';
import type { Catalog } from '../../services/simulation/catalog.ts';
import { parseLine } from '../../shared/record.ts';
import { clockOffsetAt, type Gap, type World } from '../../shared/world.ts';
import { type Comparison, compareWithWorld, type DatedLine, isWithin, readLog, timeOf } from './compare-lines.ts';

/** A service that has stalled for up to so many ms exits without writing the lines due meanwhile. */
const MAX_STALL_MS = 5_000;

/** No line is due later than this after the request to stop, in ms. */
const MAX_TAIL_MS = 10_000;

export interface Run {
  readonly catalog: Catalog;
  /** As the fleet recorded it right before its shutdown. */
  readonly world: World;
  /** All log files, in the order of their writing. */
  readonly files: readonly string[];
}

export interface RunComparison extends Comparison {
  /** Lines due right before the request to stop that were not written, which is tolerated. */
  readonly tailLoss: number;
}

/**
 * Compares a run that was shut down gracefully with its recorded world, from its start to the request to stop. After
 * that, too, no line may be duplicated, torn or unexpected.
 *
 * Tolerated are missing lines at the very end of each service: those due after the request to stop, and for a service
 * that had stalled those due within the five seconds before it.
 * @throws when the log does not contain the request to stop
 */
export function compareStoppedRun({ catalog, world: recorded, files }: Run): RunComparison {
  const texts = files.map((file) => readFileSync(file, 'utf8'));
  const offset = clockOffsetAt(recorded.timeline, Number.POSITIVE_INFINITY);
  const recordedGaps = recorded.gaps ?? [];
  const recordedKeys = new Set(recordedGaps.map((gap) => gapKey(gap, recorded.timeline)));
  // Gaps that are not recorded are newer than the world, hence newer than any change of the clock.
  const laterGaps = parseGaps(texts.join(''))
    .filter((gap) => !recordedKeys.has(gapKey(gap)))
    .map((gap) => ({ ...gap, from: gap.from - offset, to: gap.to - offset }));
  const world = { ...recorded, gaps: [...recordedGaps, ...laterGaps] };
  const log = readLog(files);
  const from = world.timeline[0].at;
  const stop = findStopTime(texts) - offset;
  const end = stop + MAX_TAIL_MS;
  const { missing, unexpected, expected, written, ...rest } = compareWithWorld(catalog, world, log, { from, to: end });
  const lastWritten = new Map(written.map(({ text, dueAt }) => [serviceOf(text), dueAt]));
  const isTail = ({ text, dueAt }: DatedLine) =>
    dueAt > stop - MAX_STALL_MS && dueAt >= (lastWritten.get(serviceOf(text)) ?? stop);
  const lost = missing.filter((line) => !isTail(line));
  const outOfRange = written.filter((line) => !isWithin(line, from, end));
  return {
    ...rest,
    expected: expected - (missing.length - lost.length),
    written: written.length - outOfRange.length,
    missing: textsOf(lost),
    unexpected: [...unexpected, ...textsOf(outOfRange)],
    tailLoss: missing.filter((line) => isTail(line) && line.dueAt < stop).length,
  };
}

/**
 * Compares a run whose supervisor was killed, up to the instant `to` (ms since the epoch), before which every line was
 * written. The very last line may be cut off.
 */
export function compareKilledRun({ catalog, world, files }: Run, to: number): RunComparison {
  const { lines, torn } = readLog(files);
  const cutOff = readFileSync(files.at(-1) as string, 'utf8')
    .split('\n')
    .at(-1);
  const log = { lines, torn: cutOff ? torn.toSpliced(torn.lastIndexOf(cutOff), 1) : torn };
  const from = world.timeline[0].at;
  const { missing, written, ...rest } = compareWithWorld(catalog, world, log, { from, to });
  const { length } = written.filter((line) => isWithin(line, from, to));
  return { ...rest, missing: textsOf(missing), written: length, tailLoss: 0 };
}

/** The gaps that the supervisor reported in a log; the last ones may be newer than the recorded world. */
export function parseGaps(text: string): readonly Gap[] {
  const events = text.matchAll(/\[Supervisor\]: (\w+) skipped \d+ lines due from (\S+) to (\S+)$/gm);
  return [...events].map(([, service, from, to]) => {
    return {
      service: service as string,
      from: Date.parse(from as string),
      to: Date.parse(to as string),
      writtenAtStart: 0,
    };
  });
}

/** Identifies a gap by the time stamps that the log gives for it. */
function gapKey({ service, from, to }: Gap, timeline?: World['timeline']): string {
  const stamps = [from, to].map((time) => Math.floor(time + (timeline ? clockOffsetAt(timeline, time) : 0)));
  return [service, ...stamps].join(' ');
}

/** Time stamp of the request to stop, in ms since the epoch. */
function findStopTime(texts: readonly string[]): number {
  const events = texts.map((text) => /^.{24} \[INFO\] \[Supervisor\]: Fleet stops: .*$/m.exec(text)?.[0]);
  const line = events.findLast((found) => found !== undefined);
  if (line === undefined) throw new Error('the log does not contain when the fleet was stopped');
  return timeOf(line);
}

function textsOf(lines: readonly DatedLine[]): readonly string[] {
  return lines.map(({ text }) => text);
}

function serviceOf(line: string): string {
  return parseLine(line)?.service ?? '';
}
