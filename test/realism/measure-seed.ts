import { contradictions } from './contradictions/index.ts';
import { type LogLine, readLine } from './lines/log-line.ts';
import { type LogSettings, readLog } from './lines/read-log.ts';
import { type Finding, MAX_EXAMPLES, type Measure } from './measure.ts';
import { Arrivals } from './measures/arrivals.ts';
import { Causes } from './measures/causes.ts';
import { ClockWork, compareClockWork } from './measures/clock-work.ts';
import { Gauges } from './measures/gauges.ts';
import { Latency } from './measures/latency.ts';
import { Levels } from './measures/levels.ts';
import { Limits } from './measures/limits.ts';
import { People } from './measures/people.ts';
import { Rejections } from './measures/rejections.ts';
import { Texts } from './measures/texts.ts';

/** A Tuesday, so that a weekly curve shows a working day. */
const FROM = Date.parse('2026-11-03T00:00:00Z');

/** Rates of the two logs that show whether clock work follows traffic. */
const RATES = { calm: 10, busy: 100 } as const;

/** What is measured. */
export interface RealismSettings {
  /** Length of the log, in whole hours. */
  readonly hours: number;
  /** Lines per second of all services. */
  readonly rate: number;
}

/**
 * All measures of one seed, from four logs: the one asked for, an hour without bad lines, and an hour at each of two
 * rates.
 */
export async function measureSeed(seed: number, { hours, rate }: RealismSettings): Promise<readonly Finding[]> {
  const measures = dayMeasures(rate);
  const unreadable: string[] = [];
  let count = 0;
  await readLines({ seed, from: FROM, hours, rate }, measures, (line) => {
    if (count++ < MAX_EXAMPLES) unreadable.push(line);
  });
  const rejections = new Rejections();
  await readLines({ seed, from: FROM, hours: 1, rate: RATES.calm, ratio: 0 }, [rejections]);
  const clocks = { calm: new ClockWork(), busy: new ClockWork() };
  await readLines({ seed, from: FROM, hours: 1, rate: RATES.calm }, [clocks.calm]);
  await readLines({ seed, from: FROM, hours: 1, rate: RATES.busy }, [clocks.busy]);
  return [
    { id: 'unreadable', figures: [count], examples: unreadable },
    ...[...measures, rejections].flatMap((measure) => measure.findings()),
    ...compareClockWork(clocks.calm, clocks.busy),
  ];
}

/**
 * New measures for the log of a day.
 * @param rate lines per second that the log is written with
 */
export function dayMeasures(rate: number): readonly Measure[] {
  return [
    new Arrivals(rate),
    new Causes(),
    new Texts(),
    new Latency(),
    new Limits(),
    new People(),
    new Levels(),
    new Gauges(),
    ...contradictions(),
  ];
}

async function readLines(
  settings: LogSettings,
  observers: readonly { observe(line: LogLine): void }[],
  onUnreadable: (line: string) => void = () => {},
): Promise<void> {
  await readLog(settings, (text) => {
    const line = readLine(text);
    if (line) for (const observer of observers) observer.observe(line);
    else onUnreadable(text);
  });
}
