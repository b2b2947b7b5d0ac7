import { readFileSync } from 'node:fs';
import type { Catalog } from '../../services/simulation/catalog.ts';
import { parseLine } from '../../shared/record.ts';
import { clockOffsetAt, type Gap, type World } from '../../shared/world.ts';
import { type Comparison, compareWithWorld, type DatedLine, isWithin, readLog, timeOf } from './compare-lines.ts';

/** A service that the machine had not let run for so long, in ms, leaves without what was due meanwhile. */
const CUT = 5_000;

/** Further ahead than any line is written after the end was asked for, in ms. */
const TAIL = 10_000;

export interface Run {
  readonly catalog: Catalog;
  /** As the fleet told it right before its end. */
  readonly world: World;
  /** All that it wrote, the oldest first. */
  readonly files: readonly string[];
}

/** The comparison of a whole run, and how many lines were due just before its stop but not written: tolerated, see below. */
export interface RunComparison extends Comparison {
  readonly tailLoss: number;
}

/**
 * Compares a run that ended in order with its recorded world: from its begin until it was asked to stop, and beyond
 * that no line may be duplicated, torn or unexpected either.
 *
 * What is tolerated: where each service ends is left open from the stop on, and for one that the machine had not let
 * run, within the five seconds before it. There nothing may be missing but the very last lines of that service.
 */
export function compareWhole({ catalog, world: recorded, files }: Run): RunComparison {
  const texts = files.map((file) => readFileSync(file, 'utf8'));
  const offset = clockOffsetAt(recorded.timeline, Number.POSITIVE_INFINITY);
  const known = new Set((recorded.gaps ?? []).map((gap) => nameOf(gap, recorded.timeline)));
  // What is not in the world came after the clock was last set back.
  const toldGaps = gapsToldIn(texts.join(''))
    .filter((gap) => !known.has(nameOf(gap)))
    .map(({ from, to, ...gap }) => {
      return { ...gap, from: from - offset, to: to - offset };
    });
  const world = { ...recorded, gaps: [...(recorded.gaps ?? []), ...toldGaps] };
  const log = readLog(files);
  const from = world.timeline[0].at;
  const stop = stopToldIn(texts) - offset;
  const end = stop + TAIL;
  const { missing, unexpected, expected, written, ...rest } = compareWithWorld(catalog, world, log, { from, to: end });
  const ends = new Map(written.map(({ text, dueAt }) => [serviceOf(text), dueAt]));
  const isCut = ({ text, dueAt }: DatedLine) => dueAt > stop - CUT && dueAt >= (ends.get(serviceOf(text)) ?? stop);
  const uncut = missing.filter((line) => !isCut(line));
  const stray = written.filter((line) => !isWithin(line, from, end));
  return {
    ...rest,
    expected: expected - (missing.length - uncut.length),
    written: written.length - stray.length,
    missing: textsOf(uncut),
    unexpected: [...unexpected, ...textsOf(stray)],
    tailLoss: missing.filter((line) => isCut(line) && line.dueAt < stop).length,
  };
}

/**
 * Compares a run whose supervisor was killed: what is compared ends before `to`, by when everything was surely written.
 * The very last line may be cut off: nobody is left to write the rest of it.
 */
export function compareUntil(to: number, { catalog, world, files }: Run): RunComparison {
  const { lines, torn } = readLog(files);
  const tailLoss = readFileSync(files.at(-1) as string, 'utf8')
    .split('\n')
    .at(-1);
  const log = { lines, torn: tailLoss ? torn.toSpliced(torn.lastIndexOf(tailLoss), 1) : torn };
  const from = world.timeline[0].at;
  const { missing, written, ...rest } = compareWithWorld(catalog, world, log, { from, to });
  const { length } = written.filter((line) => isWithin(line, from, to));
  return { ...rest, missing: textsOf(missing), written: length, tailLoss: 0 };
}

/** What services skipped by their own account: of the last of it the fleet heard after it had told its world. */
export function gapsToldIn(text: string): readonly Gap[] {
  const told = text.matchAll(/\[Supervisor\]: (\w+) skipped \d+ lines due from (\S+) to (\S+)$/gm);
  return [...told].map(([, service, from, to]) => {
    return {
      service: service as string,
      from: Date.parse(from as string),
      to: Date.parse(to as string),
      writtenAtStart: 0,
    };
  });
}

/** By its time stamps, as the log tells them. */
function nameOf({ service, from, to }: Gap, timeline?: World['timeline']): string {
  const stamps = [from, to].map((time) => Math.floor(time + (timeline ? clockOffsetAt(timeline, time) : 0)));
  return [service, ...stamps].join(' ');
}

/** When the fleet was asked to stop. */
function stopToldIn(texts: readonly string[]): number {
  const told = texts.map((text) => /^.{24} \[INFO\] \[Supervisor\]: Fleet stops: .*$/m.exec(text)?.[0]);
  const line = told.findLast((found) => found !== undefined);
  if (line === undefined) throw new Error('the log does not say when the fleet was stopped');
  return timeOf(line);
}

function textsOf(lines: readonly DatedLine[]): readonly string[] {
  return lines.map(({ text }) => text);
}

function serviceOf(line: string): string {
  return parseLine(line)?.service ?? '';
}
